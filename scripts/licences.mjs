// Fails when a module of the program has a licence that it may not be given away with.
import { readFileSync } from 'node:fs'

const allowed = /^(MIT|ISC|Apache-2\.0|MPL-2\.0|BSD-[A-Za-z0-9-]+|Unicode-DFS-2016|PostgreSQL)$/
// Licences that the tool does not recognise, read by a person.
const read = { 'github.com/tmthrgd/go-hex': 'BSD-3-Clause' }

const { components } = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const faults = []
for (const { name, evidence, licenses } of components) {
  const found = (evidence?.licenses ?? licenses ?? []).map(entry => entry.license?.id ?? entry.license?.name ?? entry.expression)
  const all = found.length > 0 ? found : [read[name] ?? 'none found']
  faults.push(...all.filter(id => !allowed.test(id)).map(id => `${name}: ${id}`))
}
if (components.length === 0) faults.push('the list is empty')
console.log(`licences of ${components.length} modules: ${faults.length === 0 ? 'all may be used' : faults.join(', ')}`)
process.exit(faults.length === 0 ? 0 : 1)
