package dev.keysmith.core.imports;

import dev.keysmith.core.plugin.Plugins;
import dev.keysmith.spi.PluginContext;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.Setting;
import dev.keysmith.spi.Setting.Kind;
import dev.keysmith.spi.idp.IdentityProvider;
import dev.keysmith.spi.idp.IdentityProviderFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The plugin {@code fake}: hands out the directory that a test serves at an address. */
public final class FakeIdentityProviderFactory implements IdentityProviderFactory {

  private static final Map<String, FakeIdentityProvider> SERVED = new ConcurrentHashMap<>();

  /** Makes the plugin known, and lets it reach a directory. */
  public static void serve(Plugins plugins, String origin, FakeIdentityProvider provider) {
    SERVED.put(origin, provider);
    if (plugins.identityProviders().stream().noneMatch(each -> each.name().equals("fake"))) {
      plugins.load();
    }
  }

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public String label() {
    return "Fake";
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        Setting.required("origin", Kind.URL, "Origin", ""),
        Setting.required("api-token", Kind.SECRET, "API token", ""),
        Setting.optional("second", Kind.SECRET, "Second secret", ""));
  }

  @Override
  public IdentityProvider create(PluginContext context) {
    FakeIdentityProvider provider = SERVED.get(context.requiredText("origin"));
    return provider.openedWith(
        () -> {
          char[] token = context.secret("api-token").orElseThrow();
          if (!Arrays.equals(token, "right".toCharArray())) {
            throw new PluginException(Reason.MISCONFIGURED, "The API token is not valid.");
          }
        });
  }
}
