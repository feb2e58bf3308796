import type { FieldOption, Manifest } from './manifest.ts'
import { INVITE_ROLES, LANGUAGES, type Option, ROLES, THEMES } from './questionnaire.ts'

export const BUILT_IN_VERSION = 1

const CHOOSE_ROLE = { en: 'Choose your role.' }

/**
 * The questions that Gangway comes with. Sessions start with them until another manifest is published, and every app
 * falls back to them.
 */
export const BUILT_IN_MANIFEST: Manifest = {
  version: BUILT_IN_VERSION,
  name: 'Built-in',
  languages: ['en'],
  variants: [],
  steps: [
    {
      id: 'profile',
      kind: 'questions',
      title: { en: 'Your profile' },
      question: { en: 'Who are you?' },
      lead: { en: 'Your colleagues see this next to what you do here.' },
      required: true,
      fields: [
        {
          ...{ name: 'fullName', type: 'text', label: { en: 'Full name' }, required: true, autocomplete: 'name' },
          messages: { required: { en: 'Enter your name.' } },
        },
        {
          ...{ name: 'displayName', type: 'text', label: { en: 'Display name' }, required: false, autocomplete: 'nickname' },
          help: { en: 'How your colleagues call you.' },
        },
        { name: 'jobTitle', type: 'text', label: { en: 'Job title' }, required: false, autocomplete: 'organization-title' },
        {
          ...{ name: 'companyName', type: 'text', label: { en: 'Company' }, required: true, autocomplete: 'organization' },
          messages: { required: { en: 'Enter the name of your company.' } },
        },
      ],
    },
    {
      id: 'work',
      kind: 'questions',
      title: { en: 'Your work' },
      question: { en: 'What do you work on?' },
      lead: { en: 'It decides what we show you first.' },
      required: true,
      fields: [
        {
          ...{ name: 'role', type: 'select', label: { en: 'Role' }, required: true, options: listed(ROLES) },
          messages: { required: CHOOSE_ROLE, invalid: CHOOSE_ROLE },
        },
        { name: 'timezone', type: 'timezone', label: { en: 'Time zone' }, required: true },
        {
          ...{ name: 'team', type: 'select', label: { en: 'Team' }, required: false },
          options: [
            { value: 'platform', label: { en: 'Platform' } },
            { value: 'product', label: { en: 'Product' } },
            { value: 'data', label: { en: 'Data' } },
            { value: 'finance', label: { en: 'Finance' } },
            { value: 'growth', label: { en: 'Growth' } },
            { value: 'operations', label: { en: 'Operations' } },
            { value: 'other', label: { en: 'Another team' } },
          ],
        },
        {
          ...{ name: 'experience', type: 'select', label: { en: 'Experience' }, required: false },
          options: [
            { value: 'new', label: { en: 'New to this' } },
            { value: 'some', label: { en: 'Some experience' } },
            { value: 'seasoned', label: { en: 'Seasoned' } },
          ],
        },
        {
          ...{ name: 'functions', type: 'multi-select', label: { en: 'Functions' }, required: false },
          help: { en: 'Any that apply.' },
          options: [
            { value: 'cost_reporting', label: { en: 'Cost reporting' } },
            { value: 'data_pipelines', label: { en: 'Data pipelines' } },
            { value: 'analytics', label: { en: 'Analytics' } },
            { value: 'machine_learning', label: { en: 'Machine learning' } },
            { value: 'budgeting', label: { en: 'Budgeting' } },
            { value: 'procurement', label: { en: 'Procurement' } },
          ],
        },
        {
          ...{ name: 'intents', type: 'multi-select', label: { en: 'Intents' }, required: false },
          help: { en: 'Any that apply.' },
          options: [
            { value: 'track_ai_spend', label: { en: 'Track what we spend on AI' } },
            { value: 'allocate_costs', label: { en: 'Split costs between teams' } },
            { value: 'set_budgets', label: { en: 'Set budgets and alerts' } },
            { value: 'automate_reports', label: { en: 'Automate reports' } },
            { value: 'explore', label: { en: 'Look around first' } },
          ],
        },
      ],
    },
    {
      id: 'tools',
      kind: 'questions',
      title: { en: 'Your tools' },
      question: { en: 'Which tools do you use today?' },
      lead: { en: 'We suggest integrations that fit.' },
      required: false,
      fields: [
        {
          ...{ name: 'tools', type: 'multi-select', label: { en: 'Tools' }, required: false, allowsOther: true },
          help: { en: 'Choose from the list, or type a name and press Enter.' },
          validation: { max: 50 },
          messages: { invalid: { en: 'Choose at most 50 tools.' } },
          options: named([
            ...['OpenAI', 'Anthropic', 'Gemini', 'BigQuery', 'Snowflake', 'Databricks', 'Postgres', 'dbt', 'Airflow', 'Looker'],
            ...['Tableau', 'Metabase', 'Stripe', 'Slack', 'Notion', 'Linear', 'GitHub', 'Terraform'],
          ]),
        },
      ],
    },
    {
      id: 'invites',
      kind: 'questions',
      title: { en: 'Your colleagues' },
      question: { en: 'Who should join you?' },
      lead: { en: 'They get an invitation by mail once your workspace is ready.' },
      required: false,
      fields: [
        {
          ...{ name: 'invites', type: 'e-mail-list', label: { en: 'Invited colleagues' }, required: false },
          options: listed(INVITE_ROLES),
          validation: { max: 20 },
          messages: { invalid: { en: 'Invite at most 20 colleagues.' } },
        },
      ],
    },
    {
      id: 'preferences',
      kind: 'questions',
      title: { en: 'Your preferences' },
      question: { en: 'How do you like it?' },
      lead: { en: 'You can change all of this later.' },
      required: false,
      fields: [
        { name: 'theme', type: 'select', label: { en: 'Theme' }, required: false, options: listed(THEMES) },
        { name: 'language', type: 'select', label: { en: 'Language' }, required: false, options: listed(LANGUAGES) },
        {
          ...{ name: 'productNews', type: 'boolean', label: { en: 'Product news' }, required: false },
          help: { en: 'What is new, about once a month.' },
        },
        {
          ...{ name: 'weeklyDigest', type: 'boolean', label: { en: 'Weekly digest' }, required: false },
          help: { en: 'What your workspace did, every Monday.' },
        },
      ],
    },
    {
      id: 'workspace',
      kind: 'create-or-join',
      title: { en: 'Your workspace' },
      question: { en: 'Where will your team work?' },
      lead: { en: 'Make one for your company, or join the one of a colleague.' },
      required: true,
      fields: [],
    },
  ],
}

function listed(options: readonly Option[]): FieldOption[] {
  return options.map(({ value, label }) => ({ value, label: { en: label } }))
}

function named(names: readonly string[]): FieldOption[] {
  return names.map((name) => ({ value: name, label: { en: name } }))
}
