"""FastMCP (Python) with its RemoteAuthProvider and JWTVerifier, as its guide has them."""

import os

from fastmcp import FastMCP
from fastmcp.server.auth import RemoteAuthProvider
from fastmcp.server.auth.providers.jwt import JWTVerifier

resource = os.environ["RESOURCE"]
verifier = JWTVerifier(
    jwks_uri=os.environ["JWKS"],
    issuer=os.environ["ISSUER"],
    audience=resource,
    required_scopes=["mcp:use"],
)
auth = RemoteAuthProvider(
    token_verifier=verifier,
    authorization_servers=[os.environ["ISSUER"]],
    base_url=resource.removesuffix("/mcp"),
)
server = FastMCP(name="peer", auth=auth)


@server.tool
def hello() -> str:
    """Says hello."""
    return "hello"


server.run(transport="http", host="127.0.0.1", port=int(os.environ["PORT"]), path="/mcp")
