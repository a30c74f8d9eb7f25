package dev.keysmith.core.integration;

import dev.keysmith.core.message.Message;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.problem.ProblemMessage;
import dev.keysmith.spi.Setting;
import dev.keysmith.spi.Setting.Kind;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compares what an administrator entered with the settings that a plugin declares. */
final class SettingsCheck {

  private static final int MAX_LABEL = 64;
  private static final int MAX_TEXT = 2_048;
  private static final int MAX_SECRET = 16_384;
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final List<Setting> declared;
  private final IntegrationDraft draft;
  private final Set<String> keptSecrets;
  private final Map<String, Message> wrong = new LinkedHashMap<>();

  private SettingsCheck(List<Setting> declared, IntegrationDraft draft, Set<String> keptSecrets) {
    this.declared = declared;
    this.draft = draft;
    this.keptSecrets = keptSecrets;
  }

  /**
   * The texts that are not blank, stripped.
   *
   * @param keptSecrets names of the secrets that are stored already
   * @throws ProblemException {@code INVALID} with every field that is wrong
   */
  static Map<String, String> texts(
      List<Setting> declared, IntegrationDraft draft, Set<String> keptSecrets) {
    return new SettingsCheck(declared, draft, keptSecrets).texts();
  }

  /** Scheme, host and port of the first address among the settings, by which doubles are found. */
  static Optional<String> origin(List<Setting> declared, Map<String, String> texts) {
    return declared.stream()
        .filter(setting -> setting.kind() == Kind.URL)
        .findFirst()
        .flatMap(
            setting -> Optional.ofNullable(texts.get(setting.name())).or(setting::defaultValue))
        .map(String::strip)
        .filter(SettingsCheck::isAddress)
        .map(URI::create)
        .map(SettingsCheck::originOf);
  }

  /**
   * Where secrets may go: each address among the settings, without what is no part of its origin.
   */
  static Map<String, String> addresses(List<Setting> declared, Map<String, String> texts) {
    Map<String, String> addresses = new LinkedHashMap<>();
    for (Setting setting : declared) {
      if (setting.kind() == Kind.URL) {
        String text =
            Optional.ofNullable(texts.get(setting.name()))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .or(setting::defaultValue)
                .orElse("");
        addresses.put(setting.name(), isAddress(text) ? originOf(URI.create(text)) : text);
      }
    }
    return addresses;
  }

  private static String originOf(URI uri) {
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    int usual = scheme.equals("https") ? 443 : 80;
    String port = uri.getPort() < 0 || uri.getPort() == usual ? "" : ":" + uri.getPort();
    return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port;
  }

  private Map<String, String> texts() {
    checkLabel();
    checkNames();
    checkDomains();
    Map<String, String> texts = new LinkedHashMap<>();
    for (Setting setting : declared) {
      if (setting.kind() == Kind.SECRET) {
        checkSecret(setting);
      } else {
        String value = draft.texts().getOrDefault(setting.name(), "").strip();
        checkText(setting, value);
        if (!value.isEmpty()) {
          texts.put(setting.name(), value);
        }
      }
    }
    if (!wrong.isEmpty()) {
      throw ProblemException.invalid(IntegrationMessage.SETTINGS).at(wrong);
    }
    return texts;
  }

  private void checkLabel() {
    if (draft.label().isBlank() || draft.label().strip().length() > MAX_LABEL) {
      wrong.put("label", Message.of(ProblemMessage.FIELD_LENGTH, 1, MAX_LABEL));
    }
  }

  private void checkDomains() {
    if (draft.domains() != null && !CustomDomains.areFine(draft.domains())) {
      wrong.put("domains", Message.of(IntegrationMessage.FIELD_DOMAINS));
    }
  }

  private void checkNames() {
    for (String name : draft.texts().keySet()) {
      if (declared.stream().noneMatch(is(name, false))) {
        wrong.put(name, Message.of(IntegrationMessage.FIELD_NO_SETTING));
      }
    }
    for (String name : draft.secrets().keySet()) {
      if (declared.stream().noneMatch(is(name, true))) {
        wrong.put(name, Message.of(IntegrationMessage.FIELD_NO_SETTING));
      }
    }
  }

  private static java.util.function.Predicate<Setting> is(String name, boolean secret) {
    return setting -> setting.name().equals(name) && (setting.kind() == Kind.SECRET) == secret;
  }

  private void checkSecret(Setting setting) {
    char[] secret = draft.secrets().get(setting.name());
    boolean entered = secret != null && secret.length > 0;
    if (setting.required() && !entered && !keptSecrets.contains(setting.name())) {
      wrong.put(setting.name(), Message.of(IntegrationMessage.FIELD_NEEDED));
    } else if (entered && secret.length > MAX_SECRET) {
      wrong.put(setting.name(), Message.of(ProblemMessage.FIELD_TOO_LONG, MAX_SECRET));
    }
  }

  private void checkText(Setting setting, String value) {
    Optional<Message> problem =
        value.isEmpty()
            ? missing(setting)
            : value.length() > MAX_TEXT
                ? Optional.of(Message.of(ProblemMessage.FIELD_TOO_LONG, MAX_TEXT))
                : ofKind(setting, value);
    problem.ifPresent(why -> wrong.put(setting.name(), why));
  }

  private static Optional<Message> missing(Setting setting) {
    return setting.required() && setting.defaultValue().isEmpty()
        ? Optional.of(Message.of(IntegrationMessage.FIELD_NEEDED))
        : Optional.empty();
  }

  private static Optional<Message> ofKind(Setting setting, String value) {
    boolean fine =
        switch (setting.kind()) {
          case TEXT, SECRET -> value.lines().count() == 1;
          case URL -> isAddress(value);
          case DURATION -> isDuration(value);
          case CHOICE -> setting.choices().contains(value);
        };
    return fine ? Optional.empty() : Optional.of(expectation(setting));
  }

  private static Message expectation(Setting setting) {
    return switch (setting.kind()) {
      case TEXT, SECRET -> Message.of(ProblemMessage.FIELD_ONE_LINE);
      case URL -> Message.of(ProblemMessage.FIELD_ADDRESS);
      case DURATION -> Message.of(ProblemMessage.FIELD_DURATION);
      case CHOICE -> Message.of(ProblemMessage.FIELD_ONE_OF, String.join(", ", setting.choices()));
    };
  }

  private static boolean isAddress(String value) {
    try {
      URI uri = new URI(value);
      return uri.getHost() != null
          && ("https".equalsIgnoreCase(uri.getScheme())
              || ("http".equalsIgnoreCase(uri.getScheme()) && LOOPBACK.contains(uri.getHost())));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static boolean isDuration(String value) {
    try {
      Duration.parse(value);
      return true;
    } catch (DateTimeParseException e) {
      return false;
    }
  }
}
