package dev.keysmith.testing.org.directory;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names for any number of people, the same in every run.
 *
 * <p>The lists have 41 and 37 entries: as the numbers have no common divisor, the first 1,517
 * people all have different names; then the same names come again and logins get a number.
 */
final class Names {

  private static final List<String> FIRST =
      List.of(
          "Ann", "Ben", "Chloë", "David", "Elif", "Farid", "Grace", "Hugo", "Ines", "Jonas", "Kofi",
          "Lena", "Mateo", "Noor", "Oskar", "Priya", "Quentin", "Rosa", "Sven", "Tariq", "Uma",
          "Vera", "Wen", "Xenia", "Yusuf", "Zoë", "Aiko", "Bram", "Carmen", "Dmitri", "Esther",
          "Finn", "Gita", "Henri", "Ivana", "João", "Karin", "Liam", "Mina", "Nils", "Olga");
  private static final List<String> LAST =
      List.of(
          "Archer",
          "Baker",
          "Castillo",
          "Dubois",
          "Eriksen",
          "Fischer",
          "García",
          "Haddad",
          "Ivanov",
          "Jansen",
          "Kumar",
          "Lindqvist",
          "Müller",
          "Nakamura",
          "Okafor",
          "Petrov",
          "Quinn",
          "Rossi",
          "Schmidt",
          "Tanaka",
          "Ueda",
          "Vargas",
          "Walker",
          "Xu",
          "Yilmaz",
          "Zhang",
          "Almeida",
          "Brown",
          "Chen",
          "Demir",
          "Evans",
          "Fofana",
          "Greco",
          "Horvat",
          "Iqbal",
          "Jensen",
          "Kowalski");
  private static final Pattern LOGIN = Pattern.compile("([a-z]+)\\.([a-z]+?)(\\d*)@example\\.org");

  private Names() {}

  static String first(int index) {
    return FIRST.get(index % FIRST.size());
  }

  static String last(int index) {
    return LAST.get(index % LAST.size());
  }

  static String login(int index) {
    int round = index / (FIRST.size() * LAST.size());
    String number = round == 0 ? "" : Integer.toString(round + 1);
    return plain(first(index)) + "." + plain(last(index)) + number + "@example.org";
  }

  /** The index that has this login. */
  static Optional<Integer> index(String login) {
    Matcher matcher = LOGIN.matcher(login.toLowerCase(Locale.ROOT));
    if (!matcher.matches() || matcher.group(3).length() > 5) {
      return Optional.empty();
    }
    int round = matcher.group(3).isEmpty() ? 0 : Integer.parseInt(matcher.group(3)) - 1;
    for (int k = 0; k < FIRST.size() * LAST.size(); k++) {
      int index = round * FIRST.size() * LAST.size() + k;
      if (login(index).equalsIgnoreCase(login)) {
        return Optional.of(index);
      }
    }
    return Optional.empty();
  }

  private static String plain(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFD)
        .replaceAll("\\P{ASCII}", "")
        .toLowerCase(Locale.ROOT);
  }
}
