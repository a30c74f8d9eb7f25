package dev.keysmith.war.login.openid;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.Prompt;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.claims.ClaimsSet;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.war.login.caller.SignInMessage;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * An OpenID provider as Keysmith's operators use it: authorization code flow with PKCE, state and
 * nonce (OpenID Connect Core 1.0, section 3.1; RFC 7636).
 */
final class OpenIdProvider {

  private static final Logger LOG = Logger.getLogger(OpenIdProvider.class.getName());
  private static final int TIMEOUT_MILLIS = (int) Duration.ofSeconds(10).toMillis();

  private final OpenIdSettings settings;
  private volatile @Nullable OIDCProviderMetadata known;

  OpenIdProvider(OpenIdSettings settings) {
    this.settings = settings;
  }

  /** A sign-in under way: what the answer must fit. */
  record Begun(String state, String nonce, String verifier) {}

  OpenIdSettings settings() {
    return settings;
  }

  /**
   * Where the browser is sent.
   *
   * @param anew whether the provider is to ask even a person who is signed in there (OpenID Connect
   *     Core, section 3.1.2.1)
   */
  URI request(Begun begun, URI callback, boolean anew) {
    return new AuthenticationRequest.Builder(
            ResponseType.CODE,
            new Scope(settings.scopes().toArray(String[]::new)),
            clientId(),
            callback)
        .prompt(anew ? new Prompt(Prompt.Type.LOGIN) : null)
        .endpointURI(metadata().getAuthorizationEndpointURI())
        .state(new State(begun.state()))
        .nonce(new Nonce(begun.nonce()))
        .codeChallenge(new CodeVerifier(begun.verifier()), CodeChallengeMethod.S256)
        .build()
        .toURI();
  }

  /** What the provider says about the person whom it sent back with this code. */
  OpenIdClaims redeem(String code, Begun begun, URI callback) {
    try {
      TokenRequest request =
          new TokenRequest.Builder(
                  metadata().getTokenEndpointURI(),
                  new ClientSecretBasic(clientId(), new Secret(settings.clientSecret())),
                  new AuthorizationCodeGrant(
                      new AuthorizationCode(code), callback, new CodeVerifier(begun.verifier())))
              .build();
      TokenResponse response =
          OIDCTokenResponseParser.parse(patient(request.toHTTPRequest()).send());
      if (!response.indicatesSuccess()) {
        throw refused("did not accept the code", response.toErrorResponse().getErrorObject());
      }
      OIDCTokenResponse tokens = (OIDCTokenResponse) response.toSuccessResponse();
      IDTokenClaimsSet claims = validate(tokens.getOIDCTokens().getIDToken(), begun);
      return OpenIdClaims.of(
          claims, more(claims, tokens.getOIDCTokens().getAccessToken()), settings);
    } catch (IOException e) {
      throw unreachable(e);
    } catch (ParseException | BadJOSEException | JOSEException e) {
      throw refused("answered something that is not valid", e.getClass().getSimpleName());
    }
  }

  private IDTokenClaimsSet validate(JWT token, Begun begun)
      throws BadJOSEException, JOSEException, IOException {
    JWSAlgorithm algorithm =
        token.getHeader().getAlgorithm() instanceof JWSAlgorithm jws
                && (JWSAlgorithm.Family.RSA.contains(jws) || JWSAlgorithm.Family.EC.contains(jws))
            ? jws
            : JWSAlgorithm.RS256;
    return new IDTokenValidator(
            new Issuer(settings.issuer()), clientId(), algorithm, metadata().getJWKSetURI().toURL())
        .validate(token, new Nonce(begun.nonce()));
  }

  /** The user info, asked only if the token does not say the role (Core 1.0, section 5.3). */
  private @Nullable ClaimsSet more(IDTokenClaimsSet claims, AccessToken token)
      throws IOException, ParseException {
    URI endpoint = metadata().getUserInfoEndpointURI();
    if (claims.getClaim(settings.roleClaim()) != null || endpoint == null) {
      return null;
    }
    UserInfoResponse response =
        UserInfoResponse.parse(
            patient(new UserInfoRequest(endpoint, token).toHTTPRequest()).send());
    if (!response.indicatesSuccess()) {
      throw refused("did not tell about the person", "user info");
    }
    ClaimsSet info = response.toSuccessResponse().getUserInfo();
    boolean same = info != null && claims.getSubject().getValue().equals(info.getClaim("sub"));
    return same ? info : null;
  }

  private OIDCProviderMetadata metadata() {
    OIDCProviderMetadata found = known;
    if (found == null) {
      try {
        found =
            OIDCProviderMetadata.resolve(
                new Issuer(settings.issuer()), TIMEOUT_MILLIS, TIMEOUT_MILLIS);
      } catch (IOException e) {
        throw unreachable(e);
      } catch (GeneralException e) {
        throw refused("describes itself in a way that is not valid", e.getClass().getSimpleName());
      }
      known = found;
    }
    return found;
  }

  private ClientID clientId() {
    return new ClientID(settings.clientId());
  }

  private static HTTPRequest patient(HTTPRequest request) {
    request.setConnectTimeout(TIMEOUT_MILLIS);
    request.setReadTimeout(TIMEOUT_MILLIS);
    return request;
  }

  private ProblemException unreachable(IOException e) {
    LOG.log(
        Level.WARNING, e, () -> "The OpenID provider " + settings.issuer() + " does not answer");
    return ProblemException.unavailable(SignInMessage.OPENID_UNAVAILABLE);
  }

  private ProblemException refused(String what, @Nullable Object detail) {
    LOG.warning(() -> "The OpenID provider " + settings.issuer() + " " + what + ": " + detail);
    return ProblemException.forbidden(SignInMessage.OPENID_REFUSED);
  }
}
