/** Markdown. */
export const SAMPLE_FAQ = `# Sample FAQ

Short answers to what people ask in their first week. Change this document as you like: it is yours.

## About the questions

### Do I have to answer everything?

No. Your profile, your work and your workspace are needed. Tools, colleagues and preferences can be skipped, and you can come
back to a skipped step until you have finished.

### Can I stop and go on later?

Yes, on any device. You come back to the same step with the same answers.

### I had two windows open. Which answers count?

Both. If you changed different answers, both changes are kept. If you changed the same answer in two ways, you see the two
side by side and choose one.

### Who reads my answers?

The team that runs this installation. Each time one of them opens your answers, it is noted in an audit log.

## About payment

### What if I close the page right after paying?

Nothing is lost. The payment provider tells us as well, and the setup begins or goes on without you.

### Can I be charged twice for one checkout?

No. However often the success page is loaded, there is one setup for each checkout, and one organization, one workspace and
one first key at its end.

### Somebody took the name I wanted. Is my money gone?

No. The setup waits, you choose another name, and it goes on from there.

## About the setup

### A second tab says that the setup is in progress in another tab. What now?

Nothing. Both tabs show the same five stages and the same end.

### A stage says that it tries again. Should I worry?

No. What fails for a moment is repeated up to three times, after 1, 2 and 4 seconds. If it still fails, you see why, what you
can do, and an id for support. Stages that are done are never repeated.

## About API keys

### What does a key look like?

It begins with gw_live_ or gw_test_, then come 36 letters and digits. The last six are a checksum, which catches typing errors.

### For how long can I see my key?

For 2 hours after the setup, as often as you need, until you press **I have saved it**. After that there is only a hash.

### I have lost my key. What now?

An owner of the organization replaces it. The old and the new key can both work for up to 7 days, so that nothing has to stop.

## About your colleagues

### For how long is an invitation valid?

For 7 days, once, and only for the address it was sent to. Inviting somebody again is always possible.

## About your data

### Where is it?

In a workspace that belongs to your organization alone, with a name that is never used for another one.

### How do I get rid of these samples?

In one click on the home page. What you have edited stays, and the others can be brought back.
`
