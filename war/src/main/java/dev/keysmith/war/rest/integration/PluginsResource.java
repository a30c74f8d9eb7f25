package dev.keysmith.war.rest.integration;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.plugin.BrokenPlugin;
import dev.keysmith.core.plugin.Plugins;
import dev.keysmith.core.plugin.guard.PluginFault;
import dev.keysmith.spi.PluginFactory;
import dev.keysmith.spi.Setting;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The plugins of this server and the settings that they take. */
@Path("plugins")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.ADMINISTRATES, Role.OPERATES, Role.AUDITS})
@Tag(name = "Plugins", description = "Identity providers and key transports")
public class PluginsResource {

  @Inject Plugins plugins;

  /**
   * All plugins.
   *
   * @param broken those that cannot be used, with the reason
   * @param faults what the others do wrong now
   */
  @Schema(name = "Plugins")
  public record Installed(
      List<Plugin> identityProviders,
      List<Plugin> keyTransports,
      List<BrokenPlugin> broken,
      List<PluginFault> faults) {}

  /** A plugin that works. */
  public record Plugin(String name, String label, List<PluginSetting> settings) {

    static Plugin of(PluginFactory<?> factory) {
      return new Plugin(
          factory.name(),
          factory.label(),
          factory.settings().stream().map(PluginSetting::of).toList());
    }
  }

  /** A setting that a plugin takes, as a form shows it. */
  public record PluginSetting(
      String name,
      Setting.Kind kind,
      String label,
      String help,
      boolean required,
      Optional<String> defaultValue,
      List<String> choices) {

    static PluginSetting of(Setting setting) {
      return new PluginSetting(
          setting.name(),
          setting.kind(),
          setting.label(),
          setting.help(),
          setting.required(),
          setting.defaultValue(),
          setting.choices());
    }
  }

  /** All plugins. */
  @GET
  @Operation(
      summary = "List the plugins with the settings that they take, and what is wrong with them",
      description = "No plugin is called for it.")
  public Installed list() {
    return new Installed(
        plugins.identityProviders().stream().map(Plugin::of).toList(),
        plugins.keyTransports().stream().map(Plugin::of).toList(),
        plugins.broken(),
        plugins.faults());
  }
}
