package dev.keysmith.war.panel.integration;

import dev.keysmith.spi.Setting;
import dev.keysmith.war.text.Texts;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A setting that a plugin declares, as a field of a form. */
public final class SettingField {

  private final Setting setting;
  private final FieldTexts words;
  private final boolean sealed;
  private String text;
  private char[] secret = new char[0];
  private boolean removed;
  private String wrong = "";

  /**
   * @param sealed whether a secret is stored already
   * @param text the present value
   */
  SettingField(Setting setting, FieldTexts words, boolean sealed, String text) {
    this.setting = setting;
    this.words = words;
    this.sealed = sealed;
    this.text = text;
  }

  /**
   * A value to choose.
   *
   * @param words for it
   */
  public record Choice(String value, String words) {}

  /** The name that the plugin knows it by. */
  public String getName() {
    return setting.name();
  }

  /** What people call it. */
  public String getLabel() {
    return words.label();
  }

  /** What it is and where to find it. */
  public String getHelp() {
    return words.help();
  }

  /** Another setting and its value that this one belongs to; empty if it stands for itself. */
  public String getWhen() {
    return words.when();
  }

  /** Whether it is one line of text of some kind. */
  public boolean isLine() {
    return !isConcealed() && !isChoice();
  }

  /** Whether it is a credential, which is never shown. */
  public boolean isConcealed() {
    return setting.kind() == Setting.Kind.SECRET;
  }

  /** Whether it is one of a few values. */
  public boolean isChoice() {
    return setting.kind() == Setting.Kind.CHOICE;
  }

  /** The values to choose from. */
  public List<Choice> getChoices() {
    return setting.choices().stream().map(each -> new Choice(each, words.choice(each))).toList();
  }

  /** Whether it must be entered. */
  public boolean isRequired() {
    return setting.required() && setting.defaultValue().isEmpty() && !sealed;
  }

  /** Whether a secret is stored. */
  public boolean isSealed() {
    return sealed;
  }

  /** Whether a stored secret can be done without. */
  public boolean isRemovable() {
    return sealed && !setting.required();
  }

  /** The value. */
  public String getText() {
    return text;
  }

  /** Called by Faces. */
  public void setText(String text) {
    this.text = text;
  }

  /** What is used if nothing is entered. */
  public String getDefault() {
    return setting.defaultValue().orElse("");
  }

  /** A secret, which no page shows. */
  public char[] getSecret() {
    return new char[0];
  }

  /** Called by Faces. */
  public void setSecret(char[] secret) {
    this.secret = secret;
  }

  /** Whether a stored secret is to be removed. */
  public boolean isRemoved() {
    return removed;
  }

  /** Called by Faces. */
  public void setRemoved(boolean removed) {
    this.removed = removed;
  }

  /** What is wrong with what was entered; empty if nothing is. */
  public String getWrong() {
    return wrong;
  }

  /** Puts into words that core refuses what was entered here. */
  void complain(Texts texts) {
    boolean missing = isConcealed() ? secret.length == 0 : text.isBlank();
    String key =
        switch (setting.kind()) {
          case TEXT, SECRET -> "integration.wrong-text";
          case URL -> "integration.wrong-url";
          case DURATION -> "integration.wrong-duration";
          case CHOICE -> "integration.wrong-choice";
        };
    wrong = texts.text(missing ? "integration.wrong-missing" : key);
  }

  /** What was entered for a secret: an empty array removes one, none leaves it as it is. */
  Optional<char[]> entered() {
    return secret.length > 0 || (removed && isRemovable()) ? Optional.of(secret) : Optional.empty();
  }

  void erase() {
    Arrays.fill(secret, '\0');
  }
}
