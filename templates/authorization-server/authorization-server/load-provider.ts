// Loading oidc-provider, which does what an authorization server has to do.

/** oidc-provider warns on Node 20, where it runs well; nobody can do anything about that. */
export async function loadProvider(): Promise<typeof import('oidc-provider')> {
  const { warn } = console;
  console.warn = () => {};
  try {
    return await import('oidc-provider');
  } finally {
    console.warn = warn;
  }
}
