package dev.keysmith.testing.key.nfc;

/**
 * How a card differs from others that speak CTAP.
 *
 * @param version what it answers to SELECT
 * @param chaining whether it takes commands in parts
 * @param extended whether it takes extended-length APDUs
 * @param keepAlives whether it asks for patience while it works (NFCCTAP_GETRESPONSE)
 */
public record CardTraits(String version, boolean chaining, boolean extended, boolean keepAlives) {

  /** What most keys do: they know U2F too, and all of CTAP. */
  public static final CardTraits USUAL = new CardTraits("U2F_V2", true, true, true);

  /** Names another version. */
  public CardTraits naming(String name) {
    return new CardTraits(name, chaining, extended, keepAlives);
  }

  /** Takes no commands in parts. */
  public CardTraits withoutChaining() {
    return new CardTraits(version, false, extended, keepAlives);
  }

  /** Takes short APDUs alone. */
  public CardTraits withoutExtended() {
    return new CardTraits(version, chaining, false, keepAlives);
  }

  /** Answers when it is done and not before. */
  public CardTraits withoutKeepAlives() {
    return new CardTraits(version, chaining, extended, false);
  }
}
