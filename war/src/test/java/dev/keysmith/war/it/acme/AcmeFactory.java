package dev.keysmith.war.it.acme;

import dev.keysmith.spi.PluginContext;
import dev.keysmith.spi.Setting;
import dev.keysmith.spi.Setting.Kind;
import dev.keysmith.spi.idp.IdentityProvider;
import dev.keysmith.spi.idp.IdentityProviderFactory;
import java.util.List;
import java.util.Optional;

/** Declares a setting of every kind, required and not. */
public final class AcmeFactory implements IdentityProviderFactory {

  /** Called by {@code ServiceLoader}. */
  public AcmeFactory() {}

  @Override
  public String name() {
    return "acme";
  }

  @Override
  public String label() {
    return "Acme Directory";
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        Setting.required("origin", Kind.URL, "Address", "Where Acme answers."),
        Setting.required("tenant", Kind.TEXT, "Tenant", "The name of your tenant at Acme."),
        new Setting(
            "region",
            Kind.CHOICE,
            "Region",
            "Where the tenant lives.",
            false,
            Optional.of("eu"),
            List.of("eu", "us")),
        Setting.optional("patience", Kind.DURATION, "Patience", "How long to wait for an answer.")
            .withDefault("PT30S"),
        Setting.required("api-key", Kind.SECRET, "API key", "From Acme's settings."),
        Setting.optional("signing-key", Kind.SECRET, "Signing key", "In PEM; lines are kept."));
  }

  @Override
  public IdentityProvider create(PluginContext context) {
    return new AcmeProvider(context);
  }
}
