package dev.keysmith.war.login.openid;

import com.nimbusds.openid.connect.sdk.claims.ClaimsSet;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an OpenID provider says about a person.
 *
 * @param identity issuer and subject
 * @param login the preferred user name, or else the e-mail address
 * @param name what people call the person
 * @param roleValues the values of the claim that says the role
 */
record OpenIdClaims(String identity, String login, String name, List<String> roleValues) {

  static OpenIdClaims of(
      IDTokenClaimsSet token, @Nullable ClaimsSet info, OpenIdSettings settings) {
    String login = text("preferred_username", token, info);
    String email = text("email", token, info);
    String known = login.isEmpty() ? email : login;
    String name = text("name", token, info);
    return new OpenIdClaims(
        token.getIssuer().getValue() + " " + token.getSubject().getValue(),
        known,
        name.isEmpty() ? known : name,
        values(settings.roleClaim(), token, info));
  }

  private static String text(String claim, IDTokenClaimsSet token, @Nullable ClaimsSet info) {
    return values(claim, token, info).stream().findFirst().orElse("");
  }

  private static List<String> values(
      String claim, IDTokenClaimsSet token, @Nullable ClaimsSet info) {
    return Stream.of(token, info)
        .filter(Objects::nonNull)
        .map(claims -> claims.getClaim(claim))
        .filter(Objects::nonNull)
        .findFirst()
        .map(OpenIdClaims::list)
        .orElse(List.of());
  }

  /** Texts, numbers and truth values; null and objects are no name and no role. */
  static List<String> list(Object value) {
    return (value instanceof Collection<?> many ? many.stream() : Stream.of(value))
        .filter(each -> each instanceof String || each instanceof Number || each instanceof Boolean)
        .map(String::valueOf)
        .toList();
  }
}
