import type { OpenApi } from '../openapi/document.ts'
import type { Operation, Parameter } from '../openapi/operation.ts'
import type { JsonSchema } from '../openapi/schema.ts'
import { exampleOf } from './example.ts'
import { describeType, type Field, fieldsOf } from './fields.ts'
import { type Html, html, prose } from './html.ts'

interface Call {
  method: string
  path: string
  operation: Operation
}

/** The document as a page: no script, and nothing from elsewhere. */
export function docsPage({ info, tags, paths, components }: OpenApi): string {
  const calls = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): Call => ({ method: method.toUpperCase(), path, operation })),
  )
  const groups = tags.map(({ name }) => ({ name, calls: calls.filter(({ operation }) => operation.tags.includes(name)) }))
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${info.title} API</title>
        <link rel="stylesheet" href="/api/docs/style.css" />
      </head>
      <body>
        <a class="skip" href="#content">Skip to the calls</a>
        <nav aria-label="Calls">
          <p class="brand">${info.title} <span>API</span></p>
          ${groups.map(
            (group) =>
              html`<h2>${group.name}</h2>
                <ul>
                  ${group.calls.map(
                    ({ operation }) => html`<li><a href="#${operation.operationId}">${operation.summary}</a></li>`,
                  )}
                </ul>`,
          )}
        </nav>
        <main id="content">
          <h1>${info.title} API</h1>
          <p class="lead">${prose(info.description)}</p>
          <p>As a document for programs: <a href="/api/openapi.json">openapi.json</a> (OpenAPI ${'3.1'}).</p>
          <section aria-labelledby="who">
            <h2 id="who">Who may call</h2>
            <dl class="fields">${Object.values(components.securitySchemes).map((scheme) => schemeOf(scheme))}</dl>
          </section>
          ${groups.map(
            (group) =>
              html`<section>
                <h2>${group.name}</h2>
                ${group.calls.map((call) => callOf(call, components.schemas))}
              </section>`,
          )}
        </main>
      </body>
    </html>`.text
}

function schemeOf({ name, scheme, description }: JsonSchema): Html {
  const where = typeof name === 'string' ? name : `Authorization: ${String(scheme) === 'bearer' ? 'Bearer' : String(scheme)}`
  return html`<dt><code>${where}</code></dt>
    <dd>${prose(String(description))}</dd>`
}

function callOf({ method, path, operation }: Call, schemas: OpenApi['components']['schemas']): Html {
  const { operationId, summary, description, parameters = [], requestBody, responses } = operation
  const body = requestBody?.content['application/json']?.schema
  const fields = [...parameters.map((parameter) => parameterField(parameter, schemas)), ...(body ? fieldsOf(body, schemas) : [])]
  const { '200': answer, ...failures } = responses
  const answered = answer?.content?.['application/json']?.schema
  const example = exampleOf({ method, path, operation })
  return html`<article id="${operationId}">
    <h3>${summary}</h3>
    <p class="call"><b class="${method.toLowerCase()}">${method}</b> <code>${breakable(path)}</code></p>
    <p class="who">${whoOf(operation)}</p>
    ${description ? html`<p>${prose(description)}</p>` : ''} ${fields.length > 0 ? fieldList('Takes', fields) : ''}
    ${example ? html`<pre tabindex="0"><code>${example}</code></pre>` : ''}
    ${
      answered
        ? html`<details>
            <summary>Answer</summary>
            ${fieldList('', fieldsOf(answered, schemas))}
          </details>`
        : ''
    }
    <details>
      <summary>Failures</summary>
      <dl class="fields">
        ${Object.entries(failures).map(
          ([status, { description: codes }]) =>
            html`<dt><b>${status}</b></dt>
              <dd>${codes.split('\n\n').map((line) => html`<p>${codeLine(line)}</p>`)}</dd>`,
        )}
      </dl>
    </details>
  </article>`
}

/** Long paths break after a slash and nowhere else. */
function breakable(path: string): Html {
  const parts = path.split('/').map((part, index) => (index === 0 ? html`${part}` : html`/<wbr />${part}`))
  return html`${parts}`
}

function codeLine(line: string): Html {
  const [, code, message] = /^([A-Z_]+): (.*)$/s.exec(line) ?? []
  return code ? html`<code>${code}</code> ${message ?? ''}` : html`${line}`
}

function parameterField({ name, required, description, schema }: Parameter, schemas: OpenApi['components']['schemas']): Field {
  const [field] = fieldsOf({ properties: { [name]: { ...schema, ...(description && { description }) } } }, schemas)
  return { name, type: describeType(schema, schemas), required, about: field?.about ?? '' }
}

function fieldList(title: string, fields: readonly Field[]): Html {
  return html`${title ? html`<h4>${title}</h4>` : ''}
    <dl class="fields">
      ${fields.map(
        ({ name, type, required, about }) =>
          html`<dt><code>${name}</code> <span>${type}</span> ${required || !title ? '' : html`<i>optional</i>`}</dt>
            <dd>${prose(about)}</dd>`,
      )}
    </dl>`
}

const WHO: Record<string, string> = {
  rootKey: 'Operators, by the root key',
  apiKey: 'Organizations, by an API key',
}

function whoOf({ security, operationId }: Operation): string {
  const schemes = security.flatMap((each) => Object.keys(each))
  if (schemes.length === 0) return operationId.includes('Webhooks') ? 'By signature' : 'Anybody'
  const known = schemes.map((scheme) => WHO[scheme]).find((who) => who !== undefined)
  return known ?? (operationId.includes('Admin') ? 'Staff, signed in' : 'Customers, signed in')
}
