/** Where the rows come from: an address, or what the source is, by the key that rows cite it with. */

export const sources = {
  '403-16':
    'https://learn.microsoft.com/en-us/troubleshoot/developer/webapps/iis/health-diagnostic-performance/http-403-forbidden-access-website',
  '403-7':
    'https://learn.microsoft.com/en-us/troubleshoot/developer/webapps/iis/health-diagnostic-performance/http-error-403-7-forbidden-web-app',
  acc: 'https://learn.microsoft.com/en-us/iis/configuration/system.webserver/security/access',
  admap:
    'https://learn.microsoft.com/en-us/iis/configuration/system.webserver/security/authentication/clientcertificatemappingauthentication',
  aligrant: 'https://www.aligrant.com/web/blog/2016-03-02_iis_client_certificate_mapping__unauthorized',
  alwaysnego: 'https://learn.microsoft.com/en-us/previous-versions/iis/6.0-sdk/ms525641(v=vs.90)',
  casesup:
    'https://www.casesup.com/category/blog/web-services/configuring-iis-for-client-certificate-mapping-authentication',
  certauth: 'https://learn.microsoft.com/aspnet/core/security/authentication/certauth',
  certcheckmode:
    'https://msdn.microsoft.com/en-us/library/ms525603.aspx ; http://technet.microsoft.com/pt-br/library/cc775782(v=ws.10)',
  certinfo: 'https://learn.microsoft.com/windows/win32/api/http/ns-http-http_ssl_client_cert_info',
  chainstatus:
    'https://learn.microsoft.com/en-us/windows/desktop/api/Wincrypt/ns-wincrypt-cert_chain_policy_status',
  chiranth:
    'https://blogs.msdn.microsoft.com/chiranth/2016/07/14/403-7-and-500-client-certificate-authentication-errors-iis/',
  chromium: 'https://github.com/chromium/chromium (net/ssl/client_cert_store_win.cc)',
  ee: 'https://www.experts-exchange.com/questions/28492275/',
  friis:
    'https://learn.microsoft.com/en-us/archive/blogs/friis/troubleshooting-403-7-client-certificate-required-errors-step-by-step-to-make-sure-your-client-certificate-is-displayed-and-selected',
  'friis-ad': 'https://blogs.msdn.microsoft.com/friis/2017/01/16/',
  ftpcert:
    'https://learn.microsoft.com/en-us/iis/configuration/system.applicationhost/sites/site/ftpserver/security/sslclientcertificates',
  gh1326: 'public sample log lines (`401 1 1326`) in web-deploy walkthroughs on GitHub; Basic authentication',
  gradenegger:
    'https://www.gradenegger.eu/en/http-error-code-403-when-logging-on-to-internet-information-services-iis-with-client-certificate-despite-valid-client-certificate-after-renewal-of-server-certificate/',
  h2iis: 'https://learn.microsoft.com/en-us/iis/get-started/whats-new-in-iis-10/http2-on-iis',
  'iis6-1to1': 'https://technet.microsoft.com/en-us/library/cc770866(v=ws.10).aspx',
  'iis6-403': 'http://technet.microsoft.com/en-us/library/cc737788(v=ws.10).aspx',
  'iis6-413': 'http://technet.microsoft.com/en-us/library/cc737382(WS.10).aspx',
  'iis6-chain':
    'http://technet.microsoft.com/en-us/library/cc728269(v=ws.10).aspx ; https://learn.microsoft.com/en-us/previous-versions/windows/it-pro/windows-server-2003/cc775399(v=ws.10)',
  'iis6-m1': 'https://technet.microsoft.com/en-us/library/cc737040(v=ws.10)',
  'iis6-prec':
    'https://learn.microsoft.com/de-de/previous-versions/windows/it-pro/windows-server-2003/cc781009(v=ws.10)',
  'iis7-order': 'https://technet.microsoft.com/zh-cn/library/cc754095(v=ws.11).aspx',
  iis7ctl: 'http://www.viisual.net/Configuration/IIS7-CTLs.htm',
  iiscm:
    'https://learn.microsoft.com/en-us/iis/configuration/system.webserver/security/authentication/iisclientcertificatemappingauthentication/',
  iisexp1422:
    'https://github.com/aspnet/IISIntegration/issues/1422 ; https://github.com/dotnet/aspnetcore/issues/29068',
  iisid: 'https://github.com/m6mmik/IIS-ID (lab notes in docs)',
  isrg: 'https://community.letsencrypt.org/t/certificates-signed-by-isrg-root-x1-arent-enabled-for-client-authentication-on-windows/153754',
  itecnotes:
    'https://itecnotes.com/server/windows-how-to-use-the-client-authentication-issuers-certificate-store-on-windows-server-2016',
  itq: 'https://itq.eu/knowledge/testing-with-client-certificate-authentication-in-a-development-environment-on-iis-8-5/ (article and comments)',
  jenkins: 'https://jenkins96.github.io/2024-08-06-Client-Certificate-Autentication-TLS1.3',
  kb2026113:
    'https://learn.microsoft.com/en-us/troubleshoot/developer/webapps/iis/www-authentication-authorization/configure-many-to-one-client-mappings',
  kb2802568:
    'https://learn.microsoft.com/en-us/troubleshoot/developer/webapps/iis/www-authentication-authorization/errors-403-7-reject-client-certificate-rquest',
  kb5014754s:
    'https://www.qcecuring.com/blog/strong-certificate-binding-enforcement-explained ; https://windowsforum.com/threads/prepare-for-microsofts-full-enforcement-of-certificate-based-authentication.348151',
  kb884115: 'https://ftp.zx.net.nz/pub/archive/ftp.microsoft.com/MISC/KB/en-us/884/115.HTM',
  kb907274: 'http://support.microsoft.com/kb/907274/en-us',
  kb933430: 'https://mskb.pkisolutions.com/kb/933430',
  medium: 'https://adrianjnkns.medium.com/iis-client-certificate-mapping-authentication-78d42029fb92',
  modules: 'https://learn.microsoft.com/en-us/iis/get-started/introduction-to-iis/iis-modules-overview',
  ndes: 'https://docs.microsoft.com/zh-cn/mem/intune/protect/troubleshoot-scep-certificate-ndes-policy-module',
  netsh: 'https://learn.microsoft.com/en-us/windows-server/administration/windows-commands/netsh-http',
  nettracer:
    'https://docs.microsoft.com/en-us/archive/blogs/nettracer/how-it-works-on-the-wire-iis-http-client-certificate-authentication',
  newbe: 'https://newbe.dev/http-error-403-16-client-certificate-trust-issue',
  onetoone:
    'https://learn.microsoft.com/en-us/iis/manage/configuring-security/configuring-one-to-one-client-certificate-mappings',
  openeid: 'https://open-eid.github.io/iis/',
  ossl: 'https://github.com/openssl/openssl (apps/lib/s_cb.c)',
  pkca: 'https://learn.microsoft.com/en-us/openspecs/windows_protocols/ms-pkca/95c6f0e3-3565-41d7-80ed-2333c4c5e107',
  q248031: 'https://support.microsoft.com/en-us/help/248031',
  q248075: 'https://jeffpar.github.io/kbarchive/kb/248/Q248075',
  q252657: 'https://jeffpar.github.io/kbarchive/kb/252/Q252657/',
  q294305: 'https://mskb.pkisolutions.com/kb/294305',
  'qna-owa': 'Microsoft Q&A thread on Exchange OWA client certificates, January 2025',
  rustls1999: 'https://github.com/rustls/rustls/issues/1999',
  saurabh:
    'https://docs.microsoft.com/en-us/archive/blogs/saurabh_singh/how-to-setup-iis-and-ad-for-client-certificate-authentication',
  sccm: 'configuration-manager troubleshooting post of 2016-03-21 quoting the IIS line (403 13 2148081683)',
  schan:
    'https://learn.microsoft.com/en-us/windows-server/security/tls/what-s-new-in-tls-ssl-schannel-ssp-overview',
  schevents: 'https://detection-wiki-dev.pages.dev/schannel/',
  schreg: 'https://learn.microsoft.com/en-us/windows-server/security/tls/tls-registry-settings',
  so26247462: 'https://stackoverflow.com/questions/26247462/http-error-403-16-client-certificate-trust-issue',
  so52506722:
    'https://devhide.com/error-401-2-with-smartcard-login-for-new-users-with-more-recent-intermediate-certificate-52506722',
  spike:
    'https://blogs.msdn.microsoft.com/spike/2012/07/13/one-to-one-client-certificate-mapping-401-1-with-a-sc-win32-status-of-2148086018/',
  srvruntime: 'https://learn.microsoft.com/en-us/iis/configuration/system.webserver/serverruntime',
  sslparam: 'https://learn.microsoft.com/windows/win32/api/http/ns-http-http_service_config_ssl_param',
  status:
    'https://learn.microsoft.com/en-us/troubleshoot/developer/webapps/iis/health-diagnostic-performance/http-status-code',
  tc401:
    'https://techcommunity.microsoft.com/t5/iis-support-blog/iis-client-certificate-authentication-results-in-401/ba-p/1342999',
  'tls13-2022':
    'https://techcommunity.microsoft.com/t5/iis-support-blog/windows-server-2022-iis-web-site-tls-1-3-does-not-work-with/ba-p/4129738',
  'tls13-2025':
    'https://techcommunity.microsoft.com/t5/iis-support-blog/addressing-tls-1-3-compatibility-issues-in-iis-express-on/ba-p/4449362',
  varunm: 'https://blogs.msdn.microsoft.com/varunm/2013/06/10/',
  vcert438: 'https://github.com/Venafi/vcert/issues/438',
  wang: 'https://blogs.msdn.microsoft.com/david.wang/2005/07/15/howto-diagnose-401-x-http-errors-on-iis/',
  waws: 'https://blogs.msdn.microsoft.com/waws/2017/04/03/posting-a-large-file-can-fail-if-you-enable-client-certificates/',
  'wine-chain': 'https://github.com/wine-mirror/wine (dlls/crypt32/chain.c)',
  yarp563: 'https://github.com/dotnet/yarp/issues/563',
} as const satisfies Record<string, string>

export type SourceKey = keyof typeof sources
