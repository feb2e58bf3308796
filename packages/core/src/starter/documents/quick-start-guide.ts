import { PLANS } from '@gangway/schemas/plans'

const plans = Object.values(PLANS).map(
  ({ name, summary, limits: { runsPerDay, runsPerMonth, runsAtOnce } }) =>
    `- **${name}**: ${runsPerDay} runs a day, ${runsPerMonth} a month, ${runsAtOnce} at the same time. ${summary}`,
)

/** Markdown. */
export const QUICK_START_GUIDE = `# Quick Start Guide

From the first question to a working API key. Most people need about five minutes.

## 1. Answer the questions

There are six steps: your profile, your work, your tools, your colleagues, your preferences and your workspace.

- What you type is saved while you type. **Finish later** is on every page.
- Tools, colleagues and preferences can be skipped.
- In the last step you name your own workspace, or join one with the code from an invitation.

## 2. Choose a plan

${plans.join('\n')}

Before you pay, Gangway checks that the short name of your organization is free, and keeps it for you while the checkout is open.

## 3. Watch the setup

After the payment five stages run, in this order:

1. **Verifying payment**: we ask the payment provider, and trust nobody else.
2. **Creating organization**: you become its owner.
3. **Setting up workspace**: your dataset, six tables and one view are made and checked.
4. **Generating API key**: we keep only a hash of it.
5. **Finalizing setup**: your colleagues get their invitations, and you get a welcome mail.

You may close the page. The setup goes on, and the page shows where it is when you come back.

## 4. Save your API key

The key can be shown for **2 hours**, and only to you. Copy it into your password manager or your secret store, then press
**I have saved it**. From then on nobody can show it again, and neither can we. A lost key is replaced by a new one.

## 5. Connect your first provider

Add a credential for OpenAI, Anthropic or Gemini. Gangway tries it before it stores it, then loads your usage and your costs.
`
