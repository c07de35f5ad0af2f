import t from 'tap'
import { encodeDer } from './asn1.ts'
import type { Asn1 } from './asn1.ts'
import { authorityKeyIdentifier, basicConstraints, cRLDistributionPoints } from './extensions.ts'
import { cRLNumber, extKeyUsage, keyUsage, securityIdentifier } from './extensions.ts'
import { subjectAltName, subjectKeyIdentifier } from './extensions.ts'

const CRITICAL = '0101ff'

/** Extension ::= SEQUENCE { extnID, critical, extnValue }, by hand from RFC 5280 §4.2. */
const cases: readonly { name: string; extension: Asn1; der: string }[] = [
  {
    name: 'subjectKeyIdentifier',
    extension: subjectKeyIdentifier(Uint8Array.of(1, 2)),
    der: '300b' + '0603551d0e' + '0404' + '04020102',
  },
  {
    name: 'authorityKeyIdentifier holds [0] keyIdentifier',
    extension: authorityKeyIdentifier(Uint8Array.of(1, 2)),
    der: '300d' + '0603551d23' + '0406' + '300480020102',
  },
  {
    name: 'keyUsage digitalSignature is bit 0, with seven unused bits',
    extension: keyUsage(['digitalSignature']),
    der: '300e' + '0603551d0f' + CRITICAL + '0404' + '03020780',
  },
  {
    name: 'keyUsage keyEncipherment is bit 2',
    extension: keyUsage(['keyEncipherment']),
    der: '300e' + '0603551d0f' + CRITICAL + '0404' + '03020520',
  },
  {
    name: 'keyUsage keyCertSign and cRLSign, in any order',
    extension: keyUsage(['cRLSign', 'keyCertSign']),
    der: '300e' + '0603551d0f' + CRITICAL + '0404' + '03020106',
  },
  {
    name: 'keyUsage without a bit',
    extension: keyUsage([]),
    der: '300d' + '0603551d0f' + CRITICAL + '0403' + '030100',
  },
  {
    name: 'basicConstraints of an end entity is empty: cA is DEFAULT FALSE',
    extension: basicConstraints({ cA: false }),
    der: '300c' + '0603551d13' + CRITICAL + '0402' + '3000',
  },
  {
    name: 'basicConstraints of a CA',
    extension: basicConstraints({ cA: true }),
    der: '300f' + '0603551d13' + CRITICAL + '0405' + '30030101ff',
  },
  {
    name: 'basicConstraints with pathLenConstraint 0',
    extension: basicConstraints({ cA: true, pathLenConstraint: 0 }),
    der: '3012' + '0603551d13' + CRITICAL + '0408' + '30060101ff020100',
  },
  {
    name: 'extKeyUsage clientAuth is not critical',
    extension: extKeyUsage(['clientAuth']),
    der: '3013' + '0603551d25' + '040c' + '300a06082b06010505070302',
  },
  {
    name: 'extKeyUsage anyExtendedKeyUsage',
    extension: extKeyUsage(['anyExtendedKeyUsage']),
    der: '300f' + '0603551d25' + '0408' + '30060604551d2500',
  },
  {
    name: 'subjectAltName with dNSName [2] and IPv4 [7]',
    extension: subjectAltName([
      { kind: 'dNSName', value: 'a.b' },
      { kind: 'iPAddress', value: '127.0.0.1' },
    ]),
    der: '3014' + '0603551d11' + '040d' + '300b' + '8203612e62' + '87047f000001',
  },
  {
    name: 'subjectAltName with IPv6',
    extension: subjectAltName([{ kind: 'iPAddress', value: '2001:db8::1' }]),
    der: '301b' + '0603551d11' + '0414' + '3012' + '871020010db8000000000000000000000001',
  },
  {
    name: 'subjectAltName with rfc822Name [1]',
    extension: subjectAltName([{ kind: 'rfc822Name', value: 'a@b' }]),
    der: '300e' + '0603551d11' + '0407' + '3005' + '8103614062',
  },
  {
    name: 'subjectAltName with a user principal name: otherName [0], its value [0] EXPLICIT UTF8String',
    extension: subjectAltName([{ kind: 'userPrincipalName', value: 'a@\u00fc' }]),
    der:
      '301f' + '0603551d11' + '0418' + '3016' + 'a014' + '060a2b060104018237140203' + 'a006' + '0c046140c3bc',
  },
  {
    name: 'cRLDistributionPoints: one DistributionPoint with fullName [0] in distributionPoint [0], a URI [6]',
    extension: cRLDistributionPoints('http://a/b'),
    der: '301b' + '0603551d1f' + '0414' + '3012' + '3010' + 'a00e' + 'a00c' + '860a687474703a2f2f612f62',
  },
  {
    name: 'the security identifier: otherName [0] with [0] EXPLICIT OCTET STRING, not critical',
    extension: securityIdentifier('S-1'),
    der:
      '3024' +
      '06092b060104018237' +
      '1902' +
      '0417' +
      '3015' +
      'a013' +
      '060a2b060104018237190201' +
      'a005' +
      '0403532d31',
  },
  {
    name: 'cRLNumber',
    extension: cRLNumber(1),
    der: '300a' + '0603551d14' + '0403' + '020101',
  },
]

for (const { name, extension, der } of cases) {
  t.test(name, async (t) => {
    t.equal(Buffer.from(encodeDer(extension)).toString('hex'), der)
  })
}

t.test('a name is not an iPAddress', async (t) => {
  t.throws(() => subjectAltName([{ kind: 'iPAddress', value: 'localhost' }]), { code: 'ERR_IP_ADDRESS' })
})
