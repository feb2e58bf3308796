import path from 'node:path'

/** Which packages each may import: dependencies point inwards, to `schemas`. */
const MAY_IMPORT = {
  schemas: [],
  db: ['schemas'],
  core: ['schemas', 'db'],
  adapters: ['schemas', 'db', 'core'],
  api: ['schemas', 'db', 'core', 'adapters'],
  web: ['schemas'],
  admin: ['schemas'],
}
/** The browser apps know the API by the type of its router, and load none of its code. */
const TYPE_ONLY = '@gangway/api/router'

export const boundaries = {
  create(context) {
    const importer = packageOf(path.relative(context.cwd, context.filename))
    const allowed = MAY_IMPORT[importer]
    if (!allowed) return {}

    function check(node, source, typeOnly) {
      if (typeof source !== 'string') return
      const named = /^@gangway\/([^/]+)/.exec(source)?.[1]
      if (named && named !== importer && !allowed.includes(named) && !(typeOnly && source === TYPE_ONLY)) {
        context.report({
          node,
          message: `${importer} may import ${allowed.join(', ') || 'none of the packages'}, not ${source}.`,
        })
      }
      if (!source.startsWith('.')) return
      const reached = packageOf(path.relative(context.cwd, path.resolve(path.dirname(context.filename), source)))
      if (reached !== importer) context.report({ node, message: 'Another package is reached by its name, @gangway/….' })
    }

    return {
      ImportDeclaration: (node) => check(node, node.source.value, isTypeOnly(node, node.importKind)),
      ExportNamedDeclaration: (node) => check(node, node.source?.value, isTypeOnly(node, node.exportKind)),
      ExportAllDeclaration: (node) => check(node, node.source.value, node.exportKind === 'type'),
      ImportExpression: (node) => check(node, node.source.value, false),
      TSImportType: (node) => check(node, node.source.value, true),
    }
  },
}

function packageOf(file) {
  return /^(?:packages|apps)\/([^/]+)\//.exec(file.replaceAll(path.sep, '/'))?.[1]
}

function isTypeOnly({ specifiers }, kind) {
  return kind === 'type' || (specifiers.length > 0 && specifiers.every((each) => (each.importKind ?? each.exportKind) === 'type'))
}
