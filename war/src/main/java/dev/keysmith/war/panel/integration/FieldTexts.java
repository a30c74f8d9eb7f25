package dev.keysmith.war.panel.integration;

import dev.keysmith.spi.Setting;
import dev.keysmith.war.text.Texts;

/**
 * What a form says of a setting: the panel's own words for plugins that it knows, in the viewer's
 * language, and for all others those of the plugin.
 */
record FieldTexts(String plugin, Setting setting, Texts texts) {

  String label() {
    return texts.textOr(key("label"), setting.label());
  }

  String help() {
    return texts.textOr(key("help"), setting.help());
  }

  String when() {
    return texts.textOr(key("when"), "");
  }

  String choice(String value) {
    return texts.textOr(key(value), value);
  }

  private String key(String what) {
    return "plugin." + plugin + "." + setting.name() + "." + what;
  }
}
