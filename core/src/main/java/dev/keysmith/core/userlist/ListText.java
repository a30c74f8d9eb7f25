package dev.keysmith.core.userlist;

import dev.keysmith.core.problem.ProblemException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The text of a file that a spreadsheet has saved: UTF-8, UTF-16 with a byte order mark ("Unicode
 * text"), or Windows-1252, which Excel writes in Western Europe and which says so nowhere.
 *
 * @param encoding the name of the encoding
 * @param text without the byte order mark
 */
record ListText(String encoding, String text) {

  private static final char MARK = '\uFEFF';
  private static final List<Charset> CHARSETS =
      List.of(StandardCharsets.UTF_8, Charset.forName("windows-1252"));

  /**
   * Decodes a file.
   *
   * @throws ProblemException {@code INVALID} if it is no text
   */
  static ListText of(byte[] file) {
    if (starts(file, 'P', 'K', 3, 4) || starts(file, 0xD0, 0xCF, 0x11, 0xE0)) {
      throw wrong(UserListMessage.WORKBOOK);
    }
    List<Charset> candidates =
        starts(file, 0xFE, 0xFF) || starts(file, 0xFF, 0xFE)
            ? List.of(StandardCharsets.UTF_16)
            : CHARSETS;
    return candidates.stream()
        .flatMap(charset -> decoded(file, charset).stream())
        .findFirst()
        .orElseThrow(() -> wrong(UserListMessage.NO_TEXT));
  }

  private static Optional<ListText> decoded(byte[] file, Charset charset) {
    try {
      String text = charset.newDecoder().decode(ByteBuffer.wrap(file)).toString();
      boolean marked = !text.isEmpty() && text.charAt(0) == MARK;
      return isText(text)
          ? Optional.of(new ListText(charset.name(), marked ? text.substring(1) : text))
          : Optional.empty();
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** In a file of another kind there are bytes that no spreadsheet writes. */
  private static boolean isText(String text) {
    return text.chars().noneMatch(c -> c < ' ' && c != '\t' && c != '\r' && c != '\n');
  }

  private static boolean starts(byte[] file, int... with) {
    if (file.length < with.length) {
      return false;
    }
    for (int i = 0; i < with.length; i++) {
      if ((file[i] & 0xFF) != with[i]) {
        return false;
      }
    }
    return true;
  }

  /** What is wrong with a list as a whole. */
  static ProblemException wrong(UserListMessage why, Object... arguments) {
    return ProblemException.invalid(why, arguments).at("list", why, arguments);
  }
}
