package dev.keysmith.core.overview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.core.bulk.UserHoldings;
import dev.keysmith.core.custody.KeyLifecycle;
import dev.keysmith.core.custody.PasskeyDisposal;
import dev.keysmith.core.enrolment.ScriptedProvider.Fault;
import dev.keysmith.core.harness.Core;
import dev.keysmith.core.key.PluggedKey;
import dev.keysmith.core.key.SecurityKey;
import dev.keysmith.core.key.SecurityKeys;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.core.passkey.Passkeys;
import dev.keysmith.core.session.Desk;
import dev.keysmith.testing.key.VirtualKey;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OverviewTest {

  private static final String PIN = "482913";

  @RegisterExtension final Core core = new Core();

  private Desk desk;

  @BeforeEach
  void setUp() {
    desk = new Desk(core, "u1", "u2", "u3");
  }

  @Test
  void countsWhatTheListsShow() {
    desk.assign("u1");
    desk.assign("u2");
    desk.session("u1", desk.plug(VirtualKey.builder().build()), PIN);

    Overview.Figures figures = core.get(Overview.class).figures(ZoneOffset.UTC);

    assertThat(figures.users())
        .extracting(Overview.Figure::name, Overview.Figure::count)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple("active", 3L),
            org.assertj.core.api.Assertions.tuple("with-active-key", 1L),
            org.assertj.core.api.Assertions.tuple("with-pending-key", 0L),
            org.assertj.core.api.Assertions.tuple("without-key", 2L),
            org.assertj.core.api.Assertions.tuple("without-passkey", 1L),
            org.assertj.core.api.Assertions.tuple("with-active-passkey", 1L),
            org.assertj.core.api.Assertions.tuple("waiting-for-passkey", 1L));
    assertThat(figures.users())
        .allSatisfy(
            figure ->
                assertThat(
                        core.get(UserHoldings.class)
                            .list(new PageRequest(0, 50, "", figure.filters()))
                            .total())
                    .isEqualTo(figure.count()));
    assertThat(figures.passkeys())
        .containsEntry(Passkey.State.ACTIVE, 1L)
        .containsEntry(Passkey.State.ASSIGNED, 1L)
        .containsEntry(Passkey.State.FAILED, 0L);
    assertThat(figures.keys()).containsEntry(SecurityKey.State.ACTIVE, 1L);
    assertThat(figures.models()).singleElement().matches(model -> model.keys() == 1);
    assertThat(figures.attention()).isEmpty();
  }

  @Test
  void countsWhatWasDoneOnEachOfThirtyDays() {
    desk.assign("u1");
    core.clock().advance(Duration.ofDays(2));
    desk.assign("u2");
    desk.assign("u3");

    var days = core.get(Overview.class).figures(ZoneOffset.UTC).days();

    LocalDate today = LocalDate.ofInstant(core.clock().instant(), ZoneOffset.UTC);
    assertThat(days).hasSize(30);
    assertThat(days.get(29).date()).isEqualTo(today);
    assertThat(days.get(29).actions()).containsEntry("passkey.assigned", 2L);
    assertThat(days.get(28).actions()).containsEntry("passkey.assigned", 0L);
    assertThat(days.get(27).actions()).containsEntry("passkey.assigned", 1L);
  }

  @Test
  void countsEachUserOnceWhateverBecameOfTheKeys() {
    desk.assign("u1");
    long lost =
        desk.session("u1", desk.plug(VirtualKey.builder().build()), PIN).keyId().orElseThrow();
    core.get(KeyLifecycle.class).lose(Desk.OPERATOR, lost, PasskeyDisposal.KEEP);
    SecurityKey stocked =
        core.get(SecurityKeys.class)
            .register(
                Desk.OPERATOR,
                new SecurityKey.Facts(
                    new UUID(1, 2), "Model", Optional.empty(), Optional.of("serial-1")),
                "");
    core.get(KeyLifecycle.class).assign(Desk.OPERATOR, stocked.id(), desk.user("u2").id(), null);

    Map<String, Long> users =
        core.get(Overview.class).figures(ZoneOffset.UTC).users().stream()
            .collect(Collectors.toMap(Overview.Figure::name, Overview.Figure::count));

    assertThat(users)
        .containsEntry("with-active-key", 0L)
        .containsEntry("with-pending-key", 1L)
        .containsEntry("without-key", 2L);
  }

  @Test
  void daysBeginAtMidnightOfTheZone() {
    Instant lateOnTheDay = Instant.parse("2031-03-10T20:00:00Z");
    core.clock().advance(Duration.between(core.clock().instant(), lateOnTheDay));
    desk.assign("u1");

    var inKathmandu = core.get(Overview.class).figures(ZoneId.of("Asia/Kathmandu")).days();
    var inUtc = core.get(Overview.class).figures(ZoneOffset.UTC).days();

    assertThat(inKathmandu.get(29).date()).isEqualTo(LocalDate.of(2031, 3, 11));
    assertThat(inKathmandu.get(29).actions()).containsEntry("passkey.assigned", 1L);
    assertThat(inUtc.get(29).date()).isEqualTo(LocalDate.of(2031, 3, 10));
    assertThat(inUtc.get(29).actions()).containsEntry("passkey.assigned", 1L);
  }

  @Test
  void namesWhatNeedsAttentionAndTheListThatShowsIt() {
    PluggedKey plugged = desk.plug(VirtualKey.builder().build());
    desk.assign("u1");
    long keyId = desk.session("u1", plugged, PIN).keyId().orElseThrow();
    core.get(KeyLifecycle.class).lose(Desk.OPERATOR, keyId, PasskeyDisposal.KEEP);
    desk.assign("u2");
    core.clock().advance(Duration.ofDays(15));
    desk.assign("u3");
    desk.provider().fail(3, Fault.REJECTED);
    desk.session("u3", desk.plug(VirtualKey.builder().build()), PIN);

    var items = core.get(Overview.class).figures(ZoneOffset.UTC).attention();

    assertThat(items)
        .extracting(Attention.Item::kind)
        .containsExactly(
            Attention.Kind.PASSKEYS_FAILED,
            Attention.Kind.PASSKEYS_WAIT_LONG,
            Attention.Kind.LOST_KEYS_WITH_PASSKEYS);
    assertThat(items)
        .allSatisfy(
            item -> {
              assertThat(item.list()).isEqualTo("passkeys");
              assertThat(passkeys(item.filters())).isEqualTo(1).isEqualTo(item.count());
            });
  }

  private long passkeys(Map<String, String> filters) {
    return core.get(Passkeys.class).list(new PageRequest(0, 50, "", filters)).total();
  }
}
