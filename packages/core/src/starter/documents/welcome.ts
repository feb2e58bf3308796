/** Markdown. */
export const WELCOME = `# Welcome to Gangway

This is your notebook **Getting Started**. It is private: only you can see it. It holds three documents that show you around.
They are samples. Change them, keep them, or remove them all in one click on the home page.

## What Gangway does for you

Gangway gives your company one place for what its AI providers cost. Your usage and your spending arrive in a workspace of your own,
in tables that you can query, and one view sums up how your organization is doing.

## What you find here today

- **Your personal space**, with this notebook in it. It belongs to you and not to an organization.
- **The Quick Start Guide**: from the first question to a working API key.
- **The Sample FAQ**: short answers about answers, payment, keys and data.
- **Your Personal Assistant**: it answers questions, and may read this notebook and nothing else.

## Four words that you will meet

- **Organization**: your company, as the one who pays. It has a short name, its *slug*, which never changes.
- **Workspace**: what an organization gets in the data warehouse: one dataset with its tables and its view.
- **Plan**: how many pipelines an organization may run each day, each month and at the same time.
- **API key**: how your own programs prove that they belong to your organization.

## What comes next

1. Answer the questions of the six steps. Three of the steps can be skipped.
2. Choose a plan and pay.
3. Watch the five stages of the setup. They usually take seconds.
4. Copy your API key and press **I have saved it**.

You can stop after any of these and come back on any device: Gangway remembers where you were.

## If something goes wrong

Every message about a failure has an id that begins with **err_**. Give it to support, and they find what happened at once.
Nothing that you have typed or paid is lost because a page was closed.
`
