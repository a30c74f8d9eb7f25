package dev.keysmith.war.panel.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.spi.Setting;
import dev.keysmith.spi.Setting.Kind;
import dev.keysmith.war.text.Texts;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SettingFieldTest {

  private static final Texts GERMAN = Texts.in(Locale.GERMAN);

  private static SettingField field(String plugin, Setting setting, boolean sealed) {
    return new SettingField(setting, new FieldTexts(plugin, setting, GERMAN), sealed, "");
  }

  @Test
  void drawsTheSettingsOfAnUnknownPluginInItsOwnWords() {
    Setting choice =
        new Setting(
            "colour", Kind.CHOICE, "Colour", "Of it.", false, Optional.of("red"), List.of("red"));
    SettingField field = field("acme", choice, false);

    assertThat(field.getLabel()).isEqualTo("Colour");
    assertThat(field.getHelp()).isEqualTo("Of it.");
    assertThat(field.getWhen()).isEmpty();
    assertThat(field.getChoices()).containsExactly(new SettingField.Choice("red", "red"));
    assertThat(field.isLine()).isFalse();
  }

  @Test
  void drawsTheSettingsOfOktaInTheLanguageOfTheViewer() {
    Setting key = Setting.optional("private-key", Kind.SECRET, "Private key", "");

    assertThat(field("okta", key, false).getLabel()).isEqualTo("Privater Schlüssel");
    assertThat(field("okta", key, false).getWhen()).isEqualTo("credential=service-app");
  }

  @Test
  void leavesASealedSecretAsItIsUnlessAnotherIsEnteredOrItIsRemoved() {
    Setting token = Setting.optional("token", Kind.SECRET, "Token", "");
    SettingField untouched = field("acme", token, true);
    SettingField removed = field("acme", token, true);
    removed.setRemoved(true);
    SettingField entered = field("acme", token, true);
    char[] secret = "Marker-Secret".toCharArray();
    entered.setSecret(secret);

    assertThat(untouched.entered()).isEmpty();
    assertThat(removed.entered()).hasValueSatisfying(none -> assertThat(none).isEmpty());
    assertThat(entered.entered()).contains(secret);
    assertThat(entered.getSecret()).isEmpty();
    entered.erase();
    assertThat(secret).containsOnly('\0');
  }

  @Test
  void saysWhatIsExpectedOfEachKind() {
    SettingField missing = field("acme", Setting.required("url", Kind.URL, "URL", ""), false);
    missing.complain(GERMAN);
    SettingField wrong = field("acme", Setting.required("url", Kind.URL, "URL", ""), false);
    wrong.setText("nonsense");
    wrong.complain(GERMAN);

    assertThat(missing.getWrong()).startsWith("Bitte ausfüllen");
    assertThat(wrong.getWrong()).contains("https://");
  }
}
