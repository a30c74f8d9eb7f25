package dev.keysmith.pcsc;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.key.KeyDescriptor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Which cards are security keys. Each card is asked once while it stays at its reader: what it
 * answered is kept, so that an open key is not disturbed. Thread-safe.
 */
final class CardScan {

  private final CardReaders service;
  private final RandomGenerator random;
  private final Timeouts patience;
  private final Map<String, Probe> probes = new HashMap<>();

  /**
   * @param random for the ids of keys
   */
  CardScan(CardReaders service, RandomGenerator random, Timeouts patience) {
    this.service = service;
    this.random = random;
    this.patience = patience;
  }

  /**
   * The keys at the readers, in the order of the readers. A card that is slow to say what it is
   * does not delay the others: it is in the list of a later look.
   */
  List<KeyDescriptor> keys() {
    return found().stream().map(Probe::descriptor).flatMap(Optional::stream).toList();
  }

  /**
   * The reader at which a key is.
   *
   * @throws PluginException {@code KEY_ABSENT} if it is at none
   */
  String reader(String keyId) {
    return found().stream()
        .filter(probe -> probe.descriptor().filter(key -> key.id().equals(keyId)).isPresent())
        .findFirst()
        .map(Probe::reader)
        .orElseThrow(
            () ->
                new PluginException(
                    Reason.KEY_ABSENT,
                    "The security key is at no reader. Hold it on the reader and try again."));
  }

  private List<Probe> found() {
    List<Probe> present = present();
    Deadline deadline = Deadline.in(patience.probe());
    present.forEach(probe -> probe.await(deadline));
    return present;
  }

  private synchronized List<Probe> present() {
    Map<String, Long> cards = service.cards();
    probes.keySet().retainAll(cards.keySet());
    return cards.entrySet().stream().map(card -> probe(card.getKey(), card.getValue())).toList();
  }

  private Probe probe(String reader, long insertion) {
    Probe known = probes.get(reader);
    if (known != null && known.insertion() == insertion && !known.isDueAgain()) {
      return known;
    }
    if (known != null && known.isAtWork()) {
      return known;
    }
    int attempt = known == null || known.insertion() != insertion ? 1 : known.attempt() + 1;
    Probe probe =
        new Probe(service, reader, insertion, attempt, "%016x".formatted(random.nextLong()));
    probes.put(reader, probe);
    probe.start(patience);
    return probe;
  }
}
