/** What is refused as XML, whatever the sections mean. § marks the place. */
import t from 'tap'
import { placeOf, refusalOf, check, security, type Case } from './testdata/refusal.ts'
import { xmlLimits } from './xml-tree.ts'

const webConfigCases: readonly Case[] = [
  { name: 'an empty file', text: '§', message: /must contain a root element/ },
  { name: 'not XML', text: '§this is no XML', message: /text data outside of root node|non-whitespace/ },
  {
    name: 'another root',
    text: '<?xml version="1.0"?>\n§<html/>',
    message: /root is <html>, expected <configuration>/,
  },
  {
    name: 'the root in another case',
    text: '§<Configuration/>',
    message: /root is <Configuration>, expected <configuration>/,
    hint: /write configuration$/,
  },
  {
    name: 'a document type',
    text: '<!-- <!DOCTYPE x> -->\n §<!DOCTYPE configuration [<!ENTITY a "b"><!ENTITY c SYSTEM "file:///etc/passwd">]>\n<configuration/>',
    message: /a document type declaration, expected none/,
    hint: /entities are not expanded and nothing is fetched/,
  },
  { name: 'an unknown entity', text: security('<access sslFlags="&ssl§;"/>'), message: /undefined entity/ },
  {
    name: 'XML 1.1',
    text: '§<?xml version="1.1"?><configuration/>',
    message: /XML version '1.1', expected 1.0/,
  },
  {
    name: 'an element that is not closed',
    text: '<configuration>\n<system.webServer>\n</configuration§>',
    message: /not well-formed XML: unexpected close tag/,
    hint: /<system.webServer> of line 2 is still open here/,
  },
  { name: 'the end in a tag', text: '<configuration><system.webServer§', message: /unexpected end|unclosed/ },
  {
    name: 'an attribute twice',
    text: security('<access sslFlags="Ssl"\n  §sslFlags="Ssl"/>'),
    message: /attribute 'sslFlags' twice, expected once/,
  },
  {
    name: 'a control character',
    text: security('<access sslFlags="§\u0001"/>'),
    message: /disallowed character/,
  },
  {
    name: 'too deep',
    text: '<a>'.repeat(xmlLimits.depth) + '§' + '<a>',
    message: /nested more than 64 deep/,
  },
  {
    name: 'too many elements',
    text: `<configuration>${'<a/>'.repeat(xmlLimits.elements - 1)}§<a/></configuration>`,
    message: /more than 100000 elements/,
  },
  {
    name: 'too many attributes',
    text: `<configuration ${Array.from({ length: 256 }, (_, index) => `a${index}=""`).join(' ')} §b=""/>`,
    message: /more than 256 attributes/,
  },
  {
    name: 'text in the root',
    text: '<configuration>\n\t§text</configuration>',
    message: /text in <configuration>/,
  },
  { name: 'text in a group', text: security('§&amp;'), message: /text in <security>/ },
  {
    name: 'text in a section',
    text: security('<access> <!-- --> §Ssl</access>'),
    message: /text in <access>/,
  },
  {
    name: 'text before a comment',
    text: security('<access>\n§Ssl<!-- -->\n</access>'),
    message: /text in <access>/,
  },
  {
    name: 'text after CDATA',
    text: security('<access><![CDATA[ ]]>\n §S&amp;sl</access>'),
    message: /text in <access>/,
  },
  {
    name: 'text after the root',
    text: '<configuration/>\n<!-- -->\n§more',
    message: /text data outside of root node/,
  },
  {
    name: 'CDATA in a section',
    text: security('<access><![CDATA[Ssl]]></access>').replace('<![', '§<!['),
    message: /text in <access>/,
  },
]

for (const { name, text: marked, ...expected } of webConfigCases) {
  t.test(`web.config: ${name}`, async (t) => {
    const { text, place } = placeOf(marked)
    const thrown = refusalOf({ webConfigs: [{ name: 'web.config', path: '/', text }] })
    check(t, thrown, `web.config:${place}`, expected)
  })
}

t.test('a file that is too long', async (t) => {
  const text = ' '.repeat(xmlLimits.length + 1)
  const thrown = refusalOf({ webConfigs: [{ name: 'web', path: '/', text }] })
  check(t, thrown, 'web:1:1', { message: /the file has 16777217 characters, expected at most 16777216/ })
})
