package dev.keysmith.core.directory;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.keysmith.core.problem.ProblemException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A list of users in CSV, as spreadsheets save it: separated by commas, semicolons or tabs, with or
 * without a byte order mark. Either it has one column, or its first row names one of them login or
 * id; what else it holds is not read.
 *
 * @param lines with a user, in their order; blank ones are left out
 */
record UserList(List<Line> lines) {

  private static final int MAX_LINES = 100_000;
  private static final int MAX_KEY = 255;
  private static final char MARK = '\uFEFF';
  private static final char[] SEPARATORS = {',', ';', '\t'};
  private static final List<String> TITLES =
      List.of(
          "login",
          "username",
          "user name",
          "userprincipalname",
          "upn",
          "user",
          "id",
          "user id",
          "email",
          "e-mail");

  /**
   * A user in a list.
   *
   * @param number of the line in the file, 1 for the first
   * @param key the login, or the id at the identity provider
   * @param problem why it cannot be looked up
   */
  record Line(int number, String key, Optional<String> problem) {}

  /**
   * Reads a file.
   *
   * @throws ProblemException {@code INVALID} if it cannot be read as a whole
   */
  static UserList read(byte[] file) {
    String text = text(file);
    List<Line> lines = new ArrayList<>();
    Map<String, Integer> seen = new HashMap<>();
    try (CsvReader<CsvRecord> rows =
        CsvReader.builder()
            .fieldSeparator(separator(text))
            .allowUnclosedQuote(false)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .ofCsvRecord(text)) {
      int column = -1;
      for (CsvRecord row : rows) {
        if (column < 0) {
          Optional<Integer> titled = titled(row);
          column = titled.orElseGet(() -> onlyColumn(row));
          if (titled.isPresent()) {
            continue;
          }
        }
        line(row, column, seen).ifPresent(lines::add);
        requireShort(lines);
      }
    } catch (CsvParseException e) {
      throw wrong("It is no CSV: a quotation mark is not closed, or stands where none can stand.");
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    if (lines.isEmpty()) {
      throw wrong("It names nobody.");
    }
    return new UserList(List.copyOf(lines));
  }

  private static String text(byte[] file) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString();
      return !text.isEmpty() && text.charAt(0) == MARK ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw wrong("It is not encoded in UTF-8. Save it as \"CSV UTF-8\".");
    }
  }

  /** The one that is most frequent in the first line. */
  private static char separator(String text) {
    String first = text.lines().findFirst().orElse("");
    char best = SEPARATORS[0];
    for (char separator : SEPARATORS) {
      if (count(first, separator) > count(first, best)) {
        best = separator;
      }
    }
    return best;
  }

  private static long count(String text, char c) {
    return text.chars().filter(it -> it == c).count();
  }

  private static Optional<Integer> titled(CsvRecord row) {
    List<String> titles =
        row.getFields().stream().map(title -> title.strip().toLowerCase(Locale.ROOT)).toList();
    return TITLES.stream().map(titles::indexOf).filter(index -> index >= 0).findFirst();
  }

  private static int onlyColumn(CsvRecord row) {
    if (row.getFieldCount() > 1) {
      throw wrong(
          "It has several columns, and its first row names none of them \"login\" or \"id\".");
    }
    return 0;
  }

  private static Optional<Line> line(CsvRecord row, int column, Map<String, Integer> seen) {
    int number = Math.toIntExact(row.getStartingLineNumber());
    if (row.getFields().stream().allMatch(String::isBlank)) {
      return Optional.empty();
    }
    String key = column < row.getFieldCount() ? row.getField(column).strip() : "";
    if (key.isEmpty()) {
      return Optional.of(new Line(number, "", Optional.of("The line names no user.")));
    }
    if (key.length() > MAX_KEY || key.chars().anyMatch(Character::isISOControl)) {
      String cut = key.substring(0, Math.min(key.length(), MAX_KEY)).replaceAll("\\p{Cntrl}", "?");
      return Optional.of(new Line(number, cut, Optional.of("This cannot be a login or an id.")));
    }
    Integer before = seen.putIfAbsent(key.toLowerCase(Locale.ROOT), number);
    return Optional.of(
        new Line(
            number,
            key,
            Optional.ofNullable(before).map(first -> "The same as line " + first + ".")));
  }

  private static void requireShort(List<Line> lines) {
    if (lines.size() > MAX_LINES) {
      throw wrong("It has more than " + MAX_LINES + " lines. Import it in parts.");
    }
  }

  private static ProblemException wrong(String why) {
    return ProblemException.invalid(
        "import.list", "The list of users cannot be read. " + why, Map.of("list", why));
  }
}
