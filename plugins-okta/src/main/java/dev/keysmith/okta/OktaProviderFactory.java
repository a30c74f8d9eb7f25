package dev.keysmith.okta;

import dev.keysmith.okta.credential.ApiToken;
import dev.keysmith.okta.credential.PrivateKeys;
import dev.keysmith.okta.credential.ServiceApp;
import dev.keysmith.okta.http.Connections;
import dev.keysmith.okta.http.Credential;
import dev.keysmith.okta.http.OktaHttp;
import dev.keysmith.okta.http.Org;
import dev.keysmith.okta.http.OrgClient;
import dev.keysmith.okta.http.Pacing;
import dev.keysmith.okta.http.Pause;
import dev.keysmith.spi.PluginContext;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.Setting;
import dev.keysmith.spi.Setting.Kind;
import dev.keysmith.spi.idp.IdentityProvider;
import dev.keysmith.spi.idp.IdentityProviderFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Makes {@link OktaProvider}s; found by {@link java.util.ServiceLoader}. */
public final class OktaProviderFactory implements IdentityProviderFactory {

  private static final String API_TOKEN = "api-token";
  private static final String SERVICE_APP = "service-app";

  private final Pause pause;

  /** For {@link java.util.ServiceLoader}. */
  public OktaProviderFactory() {
    this(Pause.SLEEP);
  }

  OktaProviderFactory(Pause pause) {
    this.pause = pause;
  }

  @Override
  public String name() {
    return "okta";
  }

  @Override
  public String label() {
    return "Okta";
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        Setting.required(
            "origin",
            Kind.URL,
            "Origin",
            "The address at which users sign in to Okta, for instance https://example.okta.com, or"
                + " your custom domain if users sign in there. A passkey serves this one address"
                + " only. The authenticator \"Passkey (FIDO2 WebAuthn)\" (older name: \"FIDO2"
                + " (WebAuthn)\") must be active in the org."),
        new Setting(
            "credential",
            Kind.CHOICE,
            "Credential",
            "How Keysmith signs in: with an API token, or as a service app with a private key"
                + " (OAuth 2.0).",
            false,
            Optional.of(API_TOKEN),
            List.of(API_TOKEN, SERVICE_APP)),
        Setting.optional(
            "api-token",
            Kind.SECRET,
            "API token",
            "From Security > API > Tokens in Okta's console. It has the rights of the administrator"
                + " who makes it: best a dedicated one that manages users and their"
                + " authenticators."),
        Setting.optional(
            "client-id",
            Kind.TEXT,
            "Client ID",
            "Of the service app (an app integration of type API Services). It needs the scopes"
                + " okta.users.read, okta.users.manage and okta.groups.read, and an admin role."),
        Setting.optional(
            "private-key",
            Kind.SECRET,
            "Private key",
            "Of the service app, as Okta's console shows it when it generates the key: PEM or"
                + " JSON (JWK)."),
        Setting.optional(
            "key-id",
            Kind.TEXT,
            "Key ID",
            "The KID that Okta's console shows for the public key. Not needed if the private key"
                + " is a JWK that names it."),
        Setting.optional(
            "proxy",
            Kind.TEXT,
            "Proxy",
            "Host and port of an HTTP proxy between this server and Okta, for instance"
                + " proxy.example.org:3128. Leave it empty if there is none."));
  }

  @Override
  public IdentityProvider create(PluginContext context) {
    Org org = Org.at(context.url("origin"));
    Optional<String> proxy = context.text("proxy").filter(text -> !text.isBlank());
    OktaHttp http = new OktaHttp(Connections.open(proxy), org);
    try {
      return new OktaProvider(
          new OrgClient(
              org,
              http,
              credential(context, http, org),
              new Pacing(context.clock()),
              context.clock(),
              context.random(),
              pause));
    } catch (RuntimeException e) {
      http.close();
      throw e;
    }
  }

  private static Credential credential(PluginContext context, OktaHttp http, Org org) {
    String kind = context.text("credential").orElse(API_TOKEN);
    return switch (kind) {
      case API_TOKEN -> withSecret(context, "api-token", ApiToken::new);
      case SERVICE_APP ->
          withSecret(
              context,
              "private-key",
              text -> new ServiceApp(http, org, context, PrivateKeys.read(text)));
      default ->
          throw new PluginException(
              Reason.MISCONFIGURED,
              "The setting \"credential\" must be \"api-token\" or \"service-app\".");
    };
  }

  private static <T> T withSecret(PluginContext context, String name, Function<char[], T> use) {
    char[] secret =
        context
            .secret(name)
            .orElseThrow(
                () ->
                    new PluginException(
                        Reason.MISCONFIGURED,
                        "The setting \"" + name + "\" is missing. Enter it and try again."));
    try {
      return use.apply(secret);
    } finally {
      Arrays.fill(secret, '\0');
    }
  }
}
