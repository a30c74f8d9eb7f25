package dev.keysmith.station.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.station.fake.FakeLink;
import dev.keysmith.station.link.Frame;
import dev.keysmith.station.link.Link;
import dev.keysmith.station.link.LinkVersion;
import dev.keysmith.station.link.Refusal;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinksTest {

  private RunningLinks program;

  @BeforeEach
  void start(@TempDir Path home) {
    program = new RunningLinks(home);
  }

  @AfterEach
  void close() throws InterruptedException {
    program.close();
  }

  private FakeLink next() throws InterruptedException {
    return program.server.next();
  }

  private void assertPause(Duration longest) throws InterruptedException {
    assertThat(program.time.next()).isBetween(longest.dividedBy(2), longest);
  }

  @Test
  void provesItselfAndTellsItsKeys() throws Exception {
    next().accept(program.server, "a", "a");
    assertPause(Links.LOOK_AROUND);
    assertThat(program.links.live()).extracting(LiveLink::node).containsExactly("a");
    assertThat(program.links.problem()).isEmpty();
  }

  @Test
  void comesBackWithPausesThatGrow() throws Exception {
    for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
      program.cut(next(), "");
      assertPause(Duration.ofSeconds(seconds));
      program.time.pass();
    }
  }

  @Test
  void comesBackAtOnceAfterAGoodLink() throws Exception {
    FakeLink link = next().accept(program.server, "a", "a");
    assertPause(Links.LOOK_AROUND);
    program.time.advance(Links.GOOD);
    program.cut(link, "a");
    program.cut(next(), "");
    assertPause(Backoff.FIRST);
  }

  @Test
  void comesBackAfterAPauseWhenALinkDidNotLast() throws Exception {
    for (int seconds : new int[] {1, 2, 4}) {
      FakeLink link = next().accept(program.server, "a", "a");
      assertPause(Links.LOOK_AROUND);
      program.cut(link, "a");
      assertPause(Duration.ofSeconds(seconds));
      program.time.pass();
    }
  }

  @Test
  void linksWithEachServer() throws Exception {
    FakeLink first = next().accept(program.server, "a", "a", "b");
    assertPause(Backoff.FIRST);
    program.time.pass();
    FakeLink again = next();
    again.welcome("a", "a", "b");
    assertThat(again.closeCode()).isEqualTo(1000);
    assertThat(again.waiting()).as("a second proof would replace the link").isZero();
    assertPause(Backoff.FIRST.multipliedBy(2));
    program.time.pass();
    FakeLink second = next().accept(program.server, "b", "a", "b");
    assertPause(Links.LOOK_AROUND);
    program.keys.plug("k1");
    first.expectKeys(1);
    second.expectKeys(1);
  }

  @Test
  void findsAServerThatIsNew() throws Exception {
    next().accept(program.server, "a", "a");
    assertPause(Links.LOOK_AROUND);
    program.time.pass();
    next().accept(program.server, "b", "a", "b");
    assertPause(Links.LOOK_AROUND);
    assertThat(program.links.live()).extracting(LiveLink::node).containsExactly("a", "b");
  }

  @Test
  void aServerThatDiesLeavesItsStationToTheOther() throws Exception {
    FakeLink first = next().accept(program.server, "a", "a", "b");
    assertPause(Backoff.FIRST);
    program.time.pass();
    FakeLink second = next().accept(program.server, "b", "a", "b");
    assertPause(Links.LOOK_AROUND);
    program.time.advance(Links.GOOD);
    program.cut(first, "a");
    next().welcome("b", "b");
    assertPause(Links.LOOK_AROUND);
    program.keys.plug("k1");
    second.expectKeys(1);
  }

  @Test
  void waitsAMinuteWhenAnotherProgramTookThePlace() throws Exception {
    FakeLink link = next().accept(program.server, "a", "a");
    assertPause(Links.LOOK_AROUND);
    link.send(new Frame.Refused(Refusal.REPLACED, "Another connection."));
    assertThat(program.time.next()).isEqualTo(Links.REPLACED);
    assertThat(program.links.problem()).contains("pair one of the two again");
  }

  @Test
  void isPatientWhenItIsNotPaired() throws Exception {
    FakeLink link = next();
    link.welcome("a", "a");
    link.expect(Frame.Proof.class);
    link.send(new Frame.Refused(Refusal.NOT_PAIRED, "This station is not known."));
    assertThat(program.time.next()).isEqualTo(Links.PATIENCE);
    assertThat(program.links.problem()).contains("This station is not known.", "Add station");
  }

  @Test
  void aRevokedStationIsPatientToo() throws Exception {
    FakeLink link = next().accept(program.server, "a", "a");
    assertPause(Links.LOOK_AROUND);
    program.time.advance(Links.GOOD);
    link.send(new Frame.Refused(Refusal.NOT_PAIRED, "Revoked."));
    assertThat(program.time.next()).isEqualTo(Links.PATIENCE);
  }

  @Test
  void aBusyServerIsAskedAgainSoon() throws Exception {
    FakeLink link = next();
    link.welcome("a", "a");
    link.expect(Frame.Proof.class);
    link.send(new Frame.Refused(Refusal.BUSY, "Too many stations."));
    assertPause(Backoff.FIRST);
  }

  @Test
  void saysWhichSideMustBeUpdated() throws Exception {
    next().welcome(new LinkVersion(2, 0), "a", "a");
    assertThat(program.time.next()).isEqualTo(Links.PATIENCE);
    assertThat(program.links.problem()).contains("Update this program.");
    program.time.pass();
    FakeLink old = next();
    old.welcome(new LinkVersion(0, 9), "a", "a");
    assertThat(program.time.next()).isEqualTo(Links.PATIENCE);
    assertThat(program.links.problem()).contains("Update the server.");
    assertThat(old.waiting()).isZero();
  }

  @Test
  void aServerOneMinorVersionAwayIsServed() throws Exception {
    FakeLink link = next();
    link.welcome(new LinkVersion(1, 1), "a", "a");
    link.expect(Frame.Proof.class);
  }

  @Test
  void asksForSignsOfLifeAndGivesASilentServerUp() throws Exception {
    FakeLink link = next().accept(program.server, "a", "a");
    assertPause(Links.LOOK_AROUND);
    program.links.beat();
    assertThat(link.pings()).isZero();
    program.time.advance(Link.SILENCE);
    program.links.beat();
    assertThat(link.closeCode()).isEqualTo(FakeLink.GONE);
    assertPause(Backoff.FIRST);
  }

  @Test
  void aServerThatAnswersPingsIsNotSilent() throws Exception {
    FakeLink link = next().accept(program.server, "a", "a");
    assertPause(Links.LOOK_AROUND);
    program.time.advance(Link.PING);
    program.links.beat();
    link.awaitPing();
    program.time.advance(Link.PING);
    program.links.beat();
    link.awaitPing();
  }

  @Test
  void aServerThatDoesNotGreetIsGivenUp() throws Exception {
    FakeLink link = next();
    program.time.advance(Link.SILENCE);
    program.links.beat();
    assertThat(link.closeCode()).isEqualTo(FakeLink.GONE);
    assertPause(Backoff.FIRST);
  }

  @Test
  void aMachineThatSleptConnectsAtOnce() throws Exception {
    next().accept(program.server, "a", "a");
    assertPause(Links.LOOK_AROUND);
    program.time.sleep(Duration.ofMinutes(10));
    program.links.beat();
    next().accept(program.server, "a", "a");
  }

  @Test
  void garbageEndsTheConnection() throws Exception {
    FakeLink link = next().accept(program.server, "a", "a");
    link.sendBytes(new byte[] {1, 2, 3});
    assertThat(link.closeCode()).isEqualTo(Socket.BREACH);
  }

  @Test
  void textEndsTheConnection() throws Exception {
    FakeLink link = next();
    link.sendText("hello");
    assertThat(link.closeCode()).isEqualTo(Socket.BREACH);
  }

  @Test
  void aMessageThatIsTooLongEndsTheConnection() throws Exception {
    FakeLink link = next();
    link.sendBytes(new byte[Link.MOST_BYTES + 1]);
    assertThat(link.closeCode()).isEqualTo(Socket.BREACH);
  }

  @Test
  void aFrameBeforeItsTimeEndsTheConnection() throws Exception {
    FakeLink link = next();
    link.send(new Frame.Accepted("Reception"));
    assertThat(link.closeCode()).isEqualTo(Socket.BREACH);
  }

  @Test
  void aFrameOfAStationEndsTheConnection() throws Exception {
    FakeLink link = next().accept(program.server, "a", "a");
    link.send(new Frame.Opened(1));
    assertThat(link.closeCode()).isEqualTo(Socket.BREACH);
  }

  @Test
  void aFrameOfALaterVersionIsIgnored() throws Exception {
    FakeLink link = next().accept(program.server, "a", "a");
    // {"type": "later"}
    link.sendBytes(
        new byte[] {(byte) 0xa1, 0x64, 't', 'y', 'p', 'e', 0x65, 'l', 'a', 't', 'e', 'r'});
    program.keys.plug("k1");
    link.expectKeys(1);
    link.send(new Frame.Open(1, "fake", "k1"));
    link.expect(Frame.Opened.class);
  }

  @Test
  void aServerThatGoesAwayIsLookedForAgain() throws Exception {
    FakeLink link = next().accept(program.server, "a", "a");
    assertPause(Links.LOOK_AROUND);
    link.goAway();
    assertPause(Backoff.FIRST);
    assertThat(program.links.live()).isEmpty();
    assertThat(program.links.problem()).contains("server a ended");
  }
}
