package dev.keysmith.core.station;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.audit.AuditEntry;
import dev.keysmith.core.harness.Core;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.station.link.Proofs;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StationPairingsTest {

  private static final Actor ADMIN = Actor.operator(1, "admin");
  private static final StationTerms TERMS =
      new StationTerms("Reception", "Berlin", Serves.OPERATORS, List.of());

  @RegisterExtension final Core core = new Core();

  private final FakeStation station = new FakeStation();

  private String code() {
    return new String(core.get(StationPairings.class).issue(ADMIN, TERMS).code());
  }

  private PairedStation pair(PairingRequest request) {
    return core.get(StationPairings.class).pair(request, FakeStation.ORIGIN, FakeStation.ADDRESS);
  }

  private void refuses(PairingRequest request, StationMessage code) {
    assertThat(catchThrowableOfType(ProblemException.class, () -> pair(request)).code())
        .isEqualTo(code.code());
  }

  private List<String> actions() {
    return core.get(Audit.class).list(PageRequest.first()).items().stream()
        .map(AuditEntry::action)
        .toList();
  }

  @Test
  void pairAStationByItsPublicKey() {
    PairedStation paired = pair(station.request(code()));

    assertThat(paired.name()).isEqualTo("Reception");
    assertThat(paired.publicKey()).isEqualTo(station.publicKey());
    assertThat(paired.pairedBy()).isEqualTo("admin");
    assertThat(actions()).contains("station-pairing.issued", "station.paired");
  }

  @Test
  void takeACodeInSmallLettersWithoutHyphens() {
    String code = code();
    PairingRequest typed = station.request(code);
    char[] small = code.toLowerCase(java.util.Locale.ROOT).replace("-", " ").toCharArray();

    assertThat(
            pair(new PairingRequest(
                    small, typed.publicKey(), typed.proof(), typed.program(), typed.system()))
                .isUsable())
        .isTrue();
  }

  @Test
  void takeACodeOnce() {
    String code = code();
    pair(station.request(code));

    refuses(new FakeStation().request(code), StationMessage.WRONG_CODE);
    assertThat(actions()).contains("station-pairing.refused");
  }

  @Test
  void takeNoCodeThatIsOver() {
    String code = code();
    core.clock().advance(StationPairings.LASTS);

    refuses(station.request(code), StationMessage.WRONG_CODE);
  }

  @Test
  void takeNoCodeThatWasWithdrawn() {
    StationPairings pairings = core.get(StationPairings.class);
    IssuedPairing issued = pairings.issue(ADMIN, TERMS);
    pairings.withdraw(ADMIN, issued.pairing().id());

    refuses(station.request(new String(issued.code())), StationMessage.WRONG_CODE);
    assertThatThrownBy(() -> pairings.withdraw(ADMIN, issued.pairing().id()))
        .isInstanceOf(ProblemException.class);
    assertThat(pairings.open()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0000-0000-0000", "not a code at all, and much too long for one"})
  void takeNoOtherText(String typed) {
    code();

    refuses(station.request(typed), StationMessage.WRONG_CODE);
  }

  /** A code that was overheard pairs no station whose key the thief does not hold. */
  @Test
  void takeNoKeyThatHasNotSigned() {
    String code = code();
    PairingRequest request = station.request(code);
    byte[] foreign = new FakeStation().publicKey();

    refuses(
        new PairingRequest(code.toCharArray(), foreign, request.proof(), "1.0", "Linux"),
        StationMessage.NOT_PROVEN);
    assertThat(pair(request).isUsable()).as("the code is not used up by it").isTrue();
  }

  /** A server in between cannot hand a pairing on. */
  @Test
  void takeNoProofForAnotherServer() {
    String code = code();
    byte[] proof =
        station.sign(
            Proofs.pairing(
                "https://elsewhere.example",
                code.replace("-", "").toCharArray(),
                station.publicKey()));

    refuses(
        new PairingRequest(code.toCharArray(), station.publicKey(), proof, "1.0", "Linux"),
        StationMessage.NOT_PROVEN);
  }

  @Test
  void pairAKeyOnce() {
    pair(station.request(code()));

    refuses(station.request(code()), StationMessage.KEY_KNOWN);
  }

  @Test
  void endGuessing() {
    for (int attempt = 0; attempt < 20; attempt++) {
      refuses(station.request("0000-0000-0000"), StationMessage.WRONG_CODE);
    }
    String code = code();

    assertThat(
            catchThrowableOfType(ProblemException.class, () -> pair(station.request(code))).kind())
        .isEqualTo(ProblemException.Kind.TOO_MANY);
    core.clock().advance(Duration.ofMinutes(16));
    assertThat(pair(station.request(code())).isUsable()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "a\tb",
        "12345678901234567890123456789012345678901234567890123456789012345"
      })
  void refuseANameThatCannotBeShown(String name) {
    assertThatThrownBy(() -> new StationTerms(name, "", Serves.OWNERS, List.of()))
        .isInstanceOf(ProblemException.class);
  }
}
