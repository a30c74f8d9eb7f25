package dev.keysmith.core.userlist;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.keysmith.core.message.Message;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.spi.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A list of users in CSV, as spreadsheets save it: separated by commas, semicolons or tabs, with or
 * without a byte order mark. Either it has one column, or its first row names one of them login or
 * id; what else it holds is not read.
 *
 * @param encoding see {@link ListText}
 * @param separator what stands between the columns
 * @param titles of the columns, if the first row has them
 * @param column which of them names the users, 0 for the first
 * @param rows the first ones, for people to look at
 * @param lines with a user, in their order; blank ones are left out
 */
public record UserList(
    String encoding,
    char separator,
    List<String> titles,
    int column,
    List<List<String>> rows,
    List<Line> lines) {

  private static final int MAX_LINES = 100_000;
  private static final int MAX_KEY = 255;
  private static final int ROWS = 5;
  private static final int MAX_SHOWN = 80;
  private static final char[] SEPARATORS = {',', ';', '\t'};
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
  private static final List<String> TITLES =
      List.of(
          "login",
          "username",
          "user name",
          "userprincipalname",
          "upn",
          "user",
          "benutzername",
          "anmeldename",
          "id",
          "user id",
          "email",
          "e-mail",
          "e-mail-adresse");

  /**
   * A user in a list.
   *
   * @param number of the line in the file, 1 for the first
   * @param key the login, or the id at the identity provider
   * @param problem why it cannot be looked up
   */
  public record Line(int number, String key, Optional<Message> problem) {}

  /**
   * Reads a file.
   *
   * @throws ProblemException {@code INVALID} if it cannot be read as a whole
   */
  public static UserList read(byte[] file) {
    ListText source = ListText.of(file);
    char separator = separator(source.text());
    try (CsvReader<CsvRecord> rows = reader(source.text(), separator)) {
      return new Reading(source.encoding(), separator).of(rows);
    } catch (CsvParseException e) {
      throw ListText.wrong(UserListMessage.NO_CSV);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CsvReader<CsvRecord> reader(String text, char separator) {
    return CsvReader.builder()
        .fieldSeparator(separator)
        .allowUnclosedQuote(false)
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .ofCsvRecord(text);
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

  /** A file that is being read, row by row. */
  private static final class Reading {

    private final String encoding;
    private final char separator;
    private final List<List<String>> rows = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();
    private final Map<String, Integer> seen = new HashMap<>();
    private List<String> titles = List.of();
    private int column = -1;

    Reading(String encoding, char separator) {
      this.encoding = encoding;
      this.separator = separator;
    }

    UserList of(Iterable<CsvRecord> records) {
      for (CsvRecord row : records) {
        if (column < 0) {
          Optional<Integer> titled = titled(row);
          column = titled.orElseGet(() -> onlyColumn(row));
          if (titled.isPresent()) {
            titles = shown(row);
            continue;
          }
        }
        take(row);
      }
      if (lines.isEmpty()) {
        throw ListText.wrong(UserListMessage.EMPTY);
      }
      return new UserList(
          encoding, separator, titles, column, List.copyOf(rows), List.copyOf(lines));
    }

    private void take(CsvRecord row) {
      if (row.getFields().stream().allMatch(String::isBlank)) {
        return;
      }
      if (rows.size() < ROWS) {
        rows.add(shown(row));
      }
      lines.add(line(row));
      if (lines.size() > MAX_LINES) {
        throw ListText.wrong(UserListMessage.LONG, MAX_LINES);
      }
    }

    private Line line(CsvRecord row) {
      int number = Math.toIntExact(row.getStartingLineNumber());
      String key = column < row.getFieldCount() ? row.getField(column).strip() : "";
      if (key.isEmpty()) {
        return new Line(number, "", Optional.of(Message.of(UserListMessage.LINE_EMPTY)));
      }
      if (key.length() > MAX_KEY || CONTROL.matcher(key).find()) {
        return new Line(
            number, cut(key, MAX_KEY), Optional.of(Message.of(UserListMessage.LINE_UNUSABLE)));
      }
      Integer before = seen.putIfAbsent(key.toLowerCase(Locale.ROOT), number);
      return new Line(
          number,
          key,
          Optional.ofNullable(before).map(line -> Message.of(UserListMessage.LINE_REPEATED, line)));
    }

    private static Optional<Integer> titled(CsvRecord row) {
      List<String> titles =
          row.getFields().stream().map(title -> title.strip().toLowerCase(Locale.ROOT)).toList();
      return TITLES.stream().map(titles::indexOf).filter(index -> index >= 0).findFirst();
    }

    private static int onlyColumn(CsvRecord row) {
      if (row.getFieldCount() > 1) {
        throw ListText.wrong(UserListMessage.TITLES);
      }
      return 0;
    }

    private static List<String> shown(CsvRecord row) {
      return row.getFields().stream().map(field -> cut(field.strip(), MAX_SHOWN)).toList();
    }

    private static String cut(String text, int max) {
      return CONTROL.matcher(Text.cut(text, max)).replaceAll("?");
    }
  }
}
