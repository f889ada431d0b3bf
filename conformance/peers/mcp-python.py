"""The Python SDK with a TokenVerifier of one's own, as its page on authorization has it, verifying with PyJWT."""

import os

import jwt
from mcp.server.auth.provider import AccessToken, TokenVerifier
from mcp.server.auth.settings import AuthSettings
from mcp.server.mcpserver import MCPServer

issuer, resource = os.environ["ISSUER"], os.environ["RESOURCE"]
keys = jwt.PyJWKClient(os.environ["JWKS"])


class Verifier(TokenVerifier):
    async def verify_token(self, token: str) -> AccessToken | None:
        try:
            key = keys.get_signing_key_from_jwt(token)
            claims = jwt.decode(
                token, key, algorithms=["RS256", "ES256"], issuer=issuer, audience=resource
            )
        except jwt.PyJWTError:
            return None
        return AccessToken(
            token=token,
            client_id=claims.get("client_id", ""),
            scopes=claims.get("scope", "").split(),
            expires_at=claims.get("exp"),
            resource=resource,
        )


server = MCPServer(
    "peer",
    token_verifier=Verifier(),
    auth=AuthSettings(
        issuer_url=issuer,
        resource_server_url=resource,
        required_scopes=["mcp:use"],
        validate_token_resource=True,
    ),
)


@server.tool()
def hello() -> str:
    """Says hello."""
    return "hello"


server.run(transport="streamable-http", host="127.0.0.1", port=int(os.environ["PORT"]))
