package dev.keysmith.core.station;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.station.link.Frame;
import dev.keysmith.station.link.Frames;
import dev.keysmith.station.link.LinkVersion;
import dev.keysmith.station.link.Proofs;
import dev.keysmith.station.link.TransportState;
import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.VirtualKeyTransport;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** A station with virtual keys, at the other end of a line within this process. */
final class FakeStation {

  static final String ORIGIN = "https://keysmith.example.org";
  static final String ADDRESS = "192.0.2.7";

  private final KeyPair pair = newPair();
  private final VirtualKeyTransport keys = new VirtualKeyTransport(Clock.systemUTC());
  private final Map<Integer, KeyConnection> open = new ConcurrentHashMap<>();
  private final ExecutorService line = Executors.newSingleThreadExecutor(FakeStation::thread);
  private final ExecutorService work = Executors.newCachedThreadPool(FakeStation::thread);
  private final List<Frame> received = new CopyOnWriteArrayList<>();
  private volatile Predicate<Frame> passes = frame -> true;
  private final AtomicInteger pings = new AtomicInteger();
  private volatile boolean closed;
  private StationLink link;
  private long number;

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "fake-station");
    thread.setDaemon(true);
    return thread;
  }

  private static KeyPair newPair() {
    try {
      return KeyPairGenerator.getInstance(Proofs.ALGORITHM).generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  byte[] publicKey() {
    return pair.getPublic().getEncoded();
  }

  /** What it sends to be paired by a code. */
  PairingRequest request(String code) {
    String plain = code.replace("-", "");
    return new PairingRequest(
        code.toCharArray(),
        publicKey(),
        sign(Proofs.pairing(ORIGIN, plain.toCharArray(), publicKey())),
        "1.0",
        "Linux");
  }

  byte[] sign(byte[] statement) {
    return Proofs.sign(pair.getPrivate(), statement);
  }

  /** It knows its number from its pairing. */
  FakeStation numbered(long station) {
    number = station;
    return this;
  }

  /** Connects; proves itself and tells its keys as soon as it is asked. */
  FakeStation connect(StationLinks links) {
    closed = false;
    link =
        links.connect(
            new LinkSocket(this::take, pings::incrementAndGet, this::close), ORIGIN, ADDRESS);
    Frame.Welcome welcome = received(Frame.Welcome.class).get();
    link.receive(Frames.encode(proof(welcome.nonce())));
    tellKeys();
    return this;
  }

  /** Connects, and says nothing. */
  StationLink connectSilently(StationLinks links) {
    return connectSilently(links, ADDRESS);
  }

  /** The same from another address. */
  StationLink connectSilently(StationLinks links, String address) {
    link =
        links.connect(
            new LinkSocket(this::take, pings::incrementAndGet, this::close), ORIGIN, address);
    return link;
  }

  Frame.Proof proof(byte[] nonce) {
    return new Frame.Proof(
        number,
        LinkVersion.CURRENT,
        "1.0",
        "Linux",
        sign(Proofs.connection(ORIGIN, number, nonce)));
  }

  /** Plugs a key in; returns its id here. */
  String plug(VirtualKey key) {
    String id = keys.add(key);
    if (link != null) {
      tellKeys();
    }
    return id;
  }

  void tellKeys() {
    link.receive(
        Frames.encode(
            new Frame.Keys(
                List.of(new TransportState("virtual", Optional.empty(), keys.listKeys())))));
  }

  /** The line is cut when the first frame goes that does not pass. */
  void cutAt(Predicate<Frame> frame) {
    passes = frame.negate();
  }

  /** The newest frame of a kind that the server has sent. */
  <T extends Frame> Optional<T> received(Class<T> kind) {
    return received.stream().filter(kind::isInstance).map(kind::cast).reduce((a, b) -> b);
  }

  int pings() {
    return pings.get();
  }

  boolean isClosed() {
    return closed;
  }

  /** How many keys are open once it has handled all that was sent so far. */
  int openKeys() throws Exception {
    return line.submit(open::size).get();
  }

  private void take(byte[] bytes) {
    Frame frame = Frames.decode(bytes).orElseThrow();
    received.add(frame);
    if (!passes.test(frame)) {
      cut();
    } else {
      line.execute(() -> handle(frame));
    }
  }

  private void cut() {
    work.execute(link::end);
  }

  private void handle(Frame frame) {
    if (frame instanceof Frame.Open asked) {
      openKey(asked);
    } else if (frame instanceof Frame.Exchange exchange) {
      work.execute(() -> exchange(exchange));
    } else if (frame instanceof Frame.Cancel cancel) {
      Optional.ofNullable(open.get(cancel.channel())).ifPresent(KeyConnection::cancel);
    } else if (frame instanceof Frame.Close close) {
      Optional.ofNullable(open.remove(close.channel())).ifPresent(KeyConnection::close);
    }
  }

  private void openKey(Frame.Open asked) {
    try {
      open.put(asked.channel(), keys.open(asked.key()));
      answer(new Frame.Opened(asked.channel()));
    } catch (PluginException e) {
      answer(new Frame.Failed(asked.channel(), 0, e.reason(), e.getMessage()));
    }
  }

  private void exchange(Frame.Exchange asked) {
    int channel = asked.channel();
    try {
      byte[] response =
          open.get(channel)
              .exchange(
                  asked.request(),
                  asked.timeout(),
                  status -> answer(new Frame.KeepAlive(channel, asked.serial(), status)));
      answer(new Frame.Answer(channel, asked.serial(), response));
    } catch (PluginException e) {
      answer(new Frame.Failed(channel, asked.serial(), e.reason(), e.getMessage()));
    }
  }

  private synchronized void answer(Frame frame) {
    if (passes.test(frame)) {
      link.receive(Frames.encode(frame));
    } else {
      cut();
    }
  }

  /** The line has ended: keys are given back. */
  private void close() {
    closed = true;
    open.values().forEach(KeyConnection::close);
    open.clear();
  }

  void stop() {
    line.shutdownNow();
    work.shutdownNow();
  }
}
