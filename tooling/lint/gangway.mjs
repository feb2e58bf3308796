import { boundaries } from './boundaries.mjs'

/** The house's rules that the linter has no rule for. */
export default {
  meta: { name: 'gangway' },
  rules: {
    boundaries,
    'no-wall-clock': rule('Take the time from ctx.clock.', (report) => ({
      NewExpression: (node) => isNamed(node.callee, 'Date') && node.arguments.length === 0 && report(node),
      CallExpression: (node) => isNamed(node.callee, 'Date') && report(node),
    })),
    'no-export-all': rule('Name what is exported: a public surface is read, not guessed.', (report) => ({
      ExportAllDeclaration: report,
    })),
    'no-hidden-process': rule('Write `process`, so that readers and the linter find it.', (report) => ({
      MemberExpression: (node) => isNamed(node.object, 'globalThis') && nameOf(node) === 'process' && report(node),
    })),
  },
}

function rule(message, visitors) {
  return { create: (context) => visitors((node) => context.report({ node, message })) }
}

function isNamed(node, name) {
  return node.type === 'Identifier' && node.name === name
}

function nameOf({ computed, property }) {
  return computed ? property.value : property.name
}
