package dev.keysmith.war.login.openid;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.platform.Configuration;
import java.net.URI;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How operators sign in at an OpenID provider.
 *
 * @param issuer of the provider, for instance {@code https://example.okta.com}
 * @param clientId of Keysmith at the provider
 * @param clientSecret of Keysmith at the provider
 * @param label what the button says
 * @param scopes to ask for
 * @param roleClaim the claim that says what an operator may do
 * @param roles the values of that claim, by role
 */
record OpenIdSettings(
    URI issuer,
    String clientId,
    String clientSecret,
    String label,
    List<String> scopes,
    String roleClaim,
    Map<Role, String> roles) {

  private static final String KEY = "keysmith.oidc.";

  /** What is configured; empty without an issuer. */
  static Optional<OpenIdSettings> of(Configuration configuration) {
    return configuration.text(KEY + "issuer").map(issuer -> of(issuer, configuration));
  }

  private static OpenIdSettings of(String issuer, Configuration configuration) {
    URI address = URI.create(issuer);
    if (!"https".equals(address.getScheme()) && !isLoopback(address)) {
      throw new IllegalStateException(KEY + "issuer must be an https address");
    }
    Map<Role, String> roles = new EnumMap<>(Role.class);
    for (Role role : Role.values()) {
      String key = KEY + "role." + role.name().toLowerCase(java.util.Locale.ROOT);
      configuration.text(key).ifPresent(value -> roles.put(role, value));
    }
    if (roles.isEmpty()) {
      throw new IllegalStateException(
          "Set at least one of " + KEY + "role.administrator, .operator and .auditor");
    }
    return new OpenIdSettings(
        address,
        required(configuration.text(KEY + "client-id"), "client-id"),
        required(configuration.secret(KEY + "client-secret"), "client-secret"),
        configuration.text(KEY + "label").orElse("OpenID Connect"),
        List.of(configuration.text(KEY + "scopes").orElse("openid profile email").split("[ ,]+")),
        configuration.text(KEY + "role-claim").orElse("groups"),
        roles);
  }

  private static String required(Optional<String> value, String name) {
    return value.orElseThrow(
        () -> new IllegalStateException(KEY + "issuer is set, so set " + KEY + name + " too"));
  }

  private static boolean isLoopback(URI address) {
    return "http".equals(address.getScheme())
        && ("localhost".equals(address.getHost()) || "127.0.0.1".equals(address.getHost()));
  }

  /** The role with the most rights that these values of the claim give. */
  Optional<Role> role(Collection<String> values) {
    return roles.entrySet().stream()
        .filter(entry -> values.contains(entry.getValue()))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  @Override
  public String toString() {
    return "OpenIdSettings[" + issuer + "]";
  }
}
