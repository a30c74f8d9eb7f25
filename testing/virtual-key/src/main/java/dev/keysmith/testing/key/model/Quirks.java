package dev.keysmith.testing.key.model;

import dev.keysmith.spi.Bytes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a key does otherwise than the standard says, as keys in the field do. A key forgets its
 * quirks with the process: they are not in its state file.
 *
 * @param answers what it answers instead, status byte and CBOR, by occasion
 * @param info members of {@code getInfo} that it tells instead, by number
 * @param counts whether the first entry of a list says how many there are
 * @param showsVerification whether authenticator data tells that the user was verified
 */
public record Quirks(
    Map<Occasion, Bytes> answers,
    Map<Integer, Object> info,
    boolean counts,
    boolean showsVerification) {

  /** None: the key follows the standard. */
  public static final Quirks NONE = new Quirks(Map.of(), Map.of(), true, true);

  /** When a key answers otherwise. */
  public enum Occasion {
    /** Relying parties or credentials are listed, and there are none. */
    EMPTY_LIST,
    /** Relying parties or credentials are listed, whether there are any or not. */
    LIST,
    /** The next entry of a list of relying parties, credentials or assertions is asked for. */
    NEXT,
    /** It is asked how many credentials there are. */
    METADATA,
    /** An assertion is asked for, and there is no credential for it. */
    NO_ASSERTION,
    /** An assertion without a touch is asked for, whether there is a credential or not. */
    SILENT_ASSERTION,
    /** A credential is to be deleted, and stays. */
    DELETE,
    /** A credential is to be made, and has been. */
    WRITE
  }

  /** Copies the maps. */
  public Quirks {
    answers = Map.copyOf(answers);
    info = Map.copyOf(info);
  }

  /**
   * With an answer of its own.
   *
   * @param response status byte and CBOR, in hexadecimal digits
   */
  public Quirks answering(Occasion occasion, String response) {
    Map<Occasion, Bytes> more = new HashMap<>(answers);
    more.put(occasion, Bytes.fromHex(response));
    return new Quirks(more, info, counts, showsVerification);
  }

  /**
   * With a member of {@code getInfo} of its own.
   *
   * @param value a number, text, list, map or {@code byte[]}
   */
  public Quirks telling(int member, Object value) {
    Map<Integer, Object> more = new HashMap<>(info);
    more.put(member, value);
    return new Quirks(answers, more, counts, showsVerification);
  }

  /** Without the number of entries in lists. */
  public Quirks withoutCounts() {
    return new Quirks(answers, info, false, showsVerification);
  }

  /** Without a word in authenticator data that the user was verified. */
  public Quirks withoutVerification() {
    return new Quirks(answers, info, counts, false);
  }

  /** Ends a command with the answer for this occasion, if there is one. */
  public void interrupt(Occasion occasion) {
    Optional.ofNullable(answers.get(occasion))
        .ifPresent(
            answer -> {
              throw new OddAnswer(answer);
            });
  }

  /** Ends a command with a whole answer. */
  public static final class OddAnswer extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Bytes response;

    OddAnswer(Bytes response) {
      super("An answer that the standard does not know");
      this.response = response;
    }

    public byte[] response() {
      return response.toArray();
    }
  }
}
