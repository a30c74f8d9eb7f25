package dev.keysmith.station.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.key.KeepAliveListener.Status;
import dev.keysmith.station.fake.FakeKey;
import dev.keysmith.station.fake.FakeLink;
import dev.keysmith.station.fake.FakeTransport;
import dev.keysmith.station.fake.HeardLog;
import dev.keysmith.station.link.Frame;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExchangeTest {

  private static final byte WAIT = 2;

  private RunningLinks program;
  private FakeLink link;

  @BeforeEach
  void link(@TempDir Path home) throws InterruptedException {
    program = new RunningLinks(home);
    link = program.live();
    program.keys.plug("k1").plug("k2");
    link.expectKeys(2);
  }

  @AfterEach
  void close() throws InterruptedException {
    program.close();
  }

  private FakeKey open(int channel, String key) throws InterruptedException {
    link.send(new Frame.Open(channel, "fake", key));
    assertThat(link.expect(Frame.Opened.class).channel()).isEqualTo(channel);
    return program.keys.key(key);
  }

  private void exchange(int channel, int serial, int... request) {
    byte[] bytes = new byte[request.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) request[i];
    }
    link.send(new Frame.Exchange(channel, serial, bytes, Duration.ofSeconds(30)));
  }

  @Test
  void carriesRequestsAndAnswers() throws Exception {
    FakeKey key = open(7, "k1");
    for (int serial = 1; serial <= 3; serial++) {
      exchange(7, serial, 1, 40 + serial);
      Frame.Answer answer = link.expect(Frame.Answer.class);
      assertThat(answer.channel()).isEqualTo(7);
      assertThat(answer.serial()).isEqualTo(serial);
      assertThat(answer.response()).containsExactly(0, 40 + serial);
    }
    link.send(new Frame.Close(7));
    key.awaitClosed();
  }

  @Test
  void keysDoNotWaitForEachOther() throws Exception {
    FakeKey slow = open(1, "k1");
    exchange(1, 1, WAIT);
    assertThat(link.expect(Frame.KeepAlive.class).status()).isEqualTo(Status.USER_PRESENCE_NEEDED);
    open(2, "k2");
    exchange(2, 1, 1, 9);
    assertThat(link.expect(Frame.Answer.class).channel()).isEqualTo(2);
    slow.answer(new byte[] {0, 5});
    assertThat(link.expect(Frame.Answer.class).channel()).isEqualTo(1);
  }

  @Test
  void aCancelReachesTheExchangeUnderWay() throws Exception {
    open(1, "k1");
    exchange(1, 1, WAIT);
    link.expect(Frame.KeepAlive.class);
    link.send(new Frame.Cancel(1));
    assertThat(link.expect(Frame.Answer.class).response()).containsExactly(0x2d);
    exchange(1, 2, 1, 3);
    assertThat(link.expect(Frame.Answer.class).response()).containsExactly(0, 3);
  }

  @Test
  void aCancelThatComesAtOnceIsNotLost() throws Exception {
    open(1, "k1");
    for (int serial = 1; serial <= 50; serial++) {
      exchange(1, serial, WAIT);
      link.send(new Frame.Cancel(1));
      Frame frame = link.expect(Frame.class);
      if (frame instanceof Frame.KeepAlive) {
        frame = link.expect(Frame.class);
      }
      assertThat(frame).isInstanceOf(Frame.Answer.class);
    }
  }

  @Test
  void aKeyIsGivenBackInTheMiddleOfAnExchange() throws Exception {
    FakeKey key = open(1, "k1");
    exchange(1, 1, WAIT);
    link.expect(Frame.KeepAlive.class);
    link.send(new Frame.Close(1));
    key.awaitClosed();
    assertThat(link.expect(Frame.Failed.class).reason()).isEqualTo(Reason.KEY_ABSENT);
    open(2, "k1");
  }

  @Test
  void aKeyIsOpenForOneAtATime() throws Exception {
    open(1, "k1");
    link.send(new Frame.Open(2, "fake", "k1"));
    Frame.Failed failed = link.expect(Frame.Failed.class);
    assertThat(failed.channel()).isEqualTo(2);
    assertThat(failed.serial()).isZero();
    assertThat(failed.reason()).isEqualTo(Reason.KEY_BUSY);
    open(2, "k2");
  }

  @Test
  void aKeyOrTransportThatIsNotThereIsToldSo() throws Exception {
    link.send(new Frame.Open(1, "fake", "k3"));
    assertThat(link.expect(Frame.Failed.class).reason()).isEqualTo(Reason.KEY_ABSENT);
    link.send(new Frame.Open(2, "other", "k1"));
    assertThat(link.expect(Frame.Failed.class).message()).contains("no key transport \"other\"");
  }

  @Test
  void aPluginThatBreaksItsContractHarmsItsExchangeAlone() throws Exception {
    open(1, "k1");
    exchange(1, 1, 3);
    Frame.Failed failed = link.expect(Frame.Failed.class);
    assertThat(failed.reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(failed.message()).contains("IllegalStateException").doesNotContain("broken.");
    exchange(1, 2, 1, 8);
    assertThat(link.expect(Frame.Answer.class).response()).containsExactly(0, 8);
  }

  @Test
  void signsOfLifeAreToldWithinMeasure() throws Exception {
    open(1, "k1");
    exchange(1, 1, 4);
    assertThat(link.expect(Frame.KeepAlive.class).status()).isEqualTo(Status.PROCESSING);
    assertThat(link.expect(Frame.KeepAlive.class).status()).isEqualTo(Status.USER_PRESENCE_NEEDED);
    link.expect(Frame.Answer.class);
  }

  @Test
  void aCutLineGivesTheKeysBack() throws Exception {
    FakeKey first = open(1, "k1");
    FakeKey second = open(2, "k2");
    exchange(1, 1, WAIT);
    link.expect(Frame.KeepAlive.class);
    program.cut(link, "a");
    first.awaitClosed();
    second.awaitClosed();
  }

  @Test
  void theEndOfTheProgramGivesTheKeysBack() throws Exception {
    FakeKey key = open(1, "k1");
    exchange(1, 1, WAIT);
    link.expect(Frame.KeepAlive.class);
    program.links.close();
    key.awaitClosed();
    assertThat(link.closeCode()).isEqualTo(1000);
  }

  @Test
  void keysAreToldWhenTheyCome() throws Exception {
    program.keys.plug("k3");
    Frame.Keys keys = link.expectKeys(3);
    assertThat(keys.transports().get(0).name()).isEqualTo("fake");
    assertThat(keys.transports().get(0).keys().get(2).location()).isEqualTo("port k3");
  }

  @Test
  void aTransportThatCannotListIsToldWithItsReason() throws Exception {
    program.keys.fail(new PluginException(Reason.MISCONFIGURED, "Install libfake."));
    Frame.Keys keys = link.expectKeys(0);
    assertThat(keys.transports().get(0).problem())
        .hasValueSatisfying(problem -> assertThat(problem.message()).isEqualTo("Install libfake."));
  }

  @Test
  void aSecondRequestWhileOneRunsBreaksTheProtocol() throws Exception {
    FakeKey key = open(1, "k1");
    exchange(1, 1, WAIT);
    exchange(1, 2, 1, 1);
    key.awaitClosed();
    assertThat(link.closeCode()).isEqualTo(Socket.BREACH);
  }

  @Test
  void aFloodOfChannelsBreaksTheProtocol() throws Exception {
    program.keys.plug(FakeTransport.STUCK);
    for (int channel = 1; channel <= Channels.MOST + 1; channel++) {
      link.send(new Frame.Open(channel, "fake", FakeTransport.STUCK));
    }
    assertThat(link.closeCode()).isEqualTo(Socket.BREACH);
  }

  @Test
  void aFloodOfChannelsThatAreClosedAtOnceBreaksTheProtocol() throws Exception {
    program.keys.plug(FakeTransport.STUCK);
    for (int channel = 1; channel <= Channels.MOST + 1; channel++) {
      link.send(new Frame.Open(channel, "fake", FakeTransport.STUCK));
      link.send(new Frame.Close(channel));
    }
    assertThat(link.closeCode()).isEqualTo(Socket.BREACH);
  }

  @Test
  void aKeyThatGivesHalfACharacterHidesNoOther() throws Exception {
    program.keys.plug("k\ud800");
    Frame.Keys keys = link.expectKeys(3);
    assertThat(keys.transports().get(0).keys().get(2).id()).isEqualTo("k\ufffd");
  }

  @Test
  void keysThatSayTooMuchOfThemselvesDoNotCutTheLink() throws Exception {
    String much = "\u4e2d".repeat(120);
    for (int i = 0; i < 64; i++) {
      program.keys.plug(i + much);
    }
    link.expectKeys(32);
    link.send(new Frame.Open(1, "fake", "k1"));
    Frame frame = link.expect(Frame.class);
    while (frame instanceof Frame.Keys) {
      frame = link.expect(Frame.class);
    }
    assertThat(frame).isInstanceOf(Frame.Opened.class);
  }

  @Test
  void logsHoldNothingOfWhatIsCarried() throws Exception {
    try (HeardLog log = new HeardLog()) {
      open(1, "k1");
      exchange(1, 1, 1, 'M', 'A', 'R', 'K');
      link.expect(Frame.Answer.class);
      exchange(1, 2, 3, 'M', 'A', 'R', 'K');
      link.expect(Frame.Failed.class);
      link.sendBytes("MARK".getBytes(StandardCharsets.US_ASCII));
      link.closeCode();
      assertThat(program.time.next()).isLessThanOrEqualTo(Links.LOOK_AROUND);
      assertThat(program.time.next()).as("after the end").isLessThanOrEqualTo(Backoff.FIRST);
      assertThat(log.text()).contains("broke its contract", "not valid CBOR");
      assertThat(log.text()).doesNotContain("MARK", "4d41524b", "4D41524B", "TUFSSw", "77, 65");
    }
  }
}
