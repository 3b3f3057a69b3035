/** The secret that opens the management of the program under test; E2E_SECRET for a service that runs already. */
export const secret = process.env.E2E_SECRET ?? "secret-of-the-journeys";

/** Signs a journey in: test.use(signedIn). */
export const signedIn = { httpCredentials: { username: "ietf", password: secret } };

const explorer = "/management/xml2rfc-compat/";

/** The pages of the management, each in a state worth looking at. */
export const managementPages: Record<string, string> = {
  management: "/management/",
  "panel-source": "/management/indexable-sources/misc/",
  "panel-problems": "/management/indexable-sources/misc/problems/",
  "panel-reset": "/management/indexable-sources/misc/reset/",
  "compat-index": explorer,
  "compat-no-path": `${explorer}?path=bibxml/nonsense`,
  "compat-directory": `${explorer}bibxml2/`,
  "compat-directory-none": `${explorer}bibxml2/?outcome=same`,
  "compat-rule": `${explorer}bibxml/reference.RFC.9000.xml/`,
  "compat-sidecar": `${explorer}bibxml2/reference.LEGACY.KEYWORDS.xml/`,
  "compat-archive": `${explorer}bibxml2/reference.LEGACY.GONE.xml/`,
  "compat-nothing": `${explorer}bibxml2/reference.LEGACY.INVALID.xml/`,
};
