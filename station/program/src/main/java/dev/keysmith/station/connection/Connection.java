package dev.keysmith.station.connection;

import dev.keysmith.station.connection.Ending.Kind;
import dev.keysmith.station.desk.Desk;
import dev.keysmith.station.home.Pairing;
import dev.keysmith.station.link.Frame;
import dev.keysmith.station.link.Frames;
import dev.keysmith.station.link.Link;
import dev.keysmith.station.link.LinkException;
import dev.keysmith.station.link.LinkVersion;
import dev.keysmith.station.link.Proofs;
import dev.keysmith.station.platform.Program;
import dev.keysmith.station.server.Faults;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One connection to one server: proves which station this is, then serves the server's frames. */
final class Connection {

  private final Pairing pairing;
  private final Nodes nodes;
  private final Desk desk;
  private final ChannelThreads threads;
  private final Socket socket;
  private final Outbox outbox;
  private final Channels channels;
  private final Runnable keyNews;
  private final CompletableFuture<Ending> ended = new CompletableFuture<>();
  private final CompletableFuture<Boolean> settled = new CompletableFuture<>();
  private final long begun;

  /** Guarded by this, as all below. */
  private Phase phase = Phase.GREETING;

  private Frame.@Nullable Welcome welcome;
  private boolean claimed;
  private long pinged;

  private enum Phase {
    GREETING,
    PROVING,
    LIVE,
    ENDED
  }

  Connection(Pairing pairing, Nodes nodes, Desk desk, ChannelThreads threads) {
    this.pairing = pairing;
    this.nodes = nodes;
    this.desk = desk;
    this.threads = threads;
    this.begun = threads.nanos().getAsLong();
    this.pinged = begun;
    this.socket = new Socket(this, threads.nanos());
    this.outbox = new Outbox(desk::keys, this::onOverflow);
    this.keyNews = outbox::sendKeys;
    this.channels = new Channels(desk, outbox::send, threads);
  }

  /** What hears the WebSocket. */
  WebSocket.Listener listener() {
    return socket;
  }

  /** Ends with whether the link is live; if not, {@link #ended} says why. */
  CompletableFuture<Boolean> settled() {
    return settled;
  }

  CompletableFuture<Ending> ended() {
    return ended;
  }

  /** The server's name; present once the link is live. */
  synchronized String node() {
    return welcome == null ? "" : welcome.node();
  }

  /** The version of the server's program. */
  synchronized String server() {
    return welcome == null ? "" : welcome.server();
  }

  /** It may have been given up while it was being made. */
  void onOpen(WebSocket opened) {
    if (ended.isDone()) {
      opened.abort();
    }
    outbox.open(opened);
  }

  void onMessage(byte[] message) {
    Frames.decode(message)
        .ifPresent(
            frame -> {
              if (!(frame instanceof Frame.FromServer fromServer)) {
                throw new BreachException("The server sent a frame of a station.");
              }
              handle(fromServer);
            });
  }

  /** Does what may find that the server broke the protocol, which ends the connection. */
  void guard(Runnable handling) {
    try {
      handling.run();
    } catch (LinkException | BreachException e) {
      end(
          new Ending(
              Kind.BREACH,
              e.getMessage()
                  + " Update the older of the two programs; if both are new, report it."),
          Socket.BREACH);
    }
  }

  private synchronized void handle(Frame.FromServer frame) {
    if (phase == Phase.ENDED) {
      return;
    }
    if (frame instanceof Frame.Refused refused) {
      end(ending(refused), Socket.NORMAL);
    } else if (phase == Phase.GREETING && frame instanceof Frame.Welcome greeting) {
      greet(greeting);
    } else if (phase == Phase.PROVING && frame instanceof Frame.Accepted) {
      phase = Phase.LIVE;
      desk.listen(keyNews);
      outbox.sendKeys();
      settled.complete(true);
    } else if (phase == Phase.LIVE) {
      channels.handle(frame);
    } else {
      throw new BreachException("The server sent a frame before its time.");
    }
  }

  private void greet(Frame.Welcome greeting) {
    welcome = greeting;
    if (!LinkVersion.CURRENT.worksWith(greeting.version())) {
      end(new Ending(Kind.VERSION, versions(greeting)), Socket.NORMAL);
      return;
    }
    nodes.know(greeting.nodes());
    if (!nodes.claim(greeting.node())) {
      end(new Ending(Kind.DUPLICATE, "This server has a link already."), Socket.NORMAL);
      return;
    }
    claimed = true;
    phase = Phase.PROVING;
    byte[] statement =
        Proofs.connection(pairing.server().origin(), pairing.station(), greeting.nonce());
    outbox.send(
        new Frame.Proof(
            pairing.station(),
            LinkVersion.CURRENT,
            Program.version(),
            Program.system(),
            Proofs.sign(pairing.key(), statement)));
  }

  private static String versions(Frame.Welcome greeting) {
    boolean old = LinkVersion.CURRENT.compareTo(greeting.version()) < 0;
    return "The server (version %s) and this program (version %s) do not work together. Update %s."
        .formatted(greeting.server(), Program.version(), old ? "this program" : "the server");
  }

  private static Ending ending(Frame.Refused refused) {
    String says = "The server says: " + refused.message() + " ";
    return switch (refused.refusal()) {
      case NOT_PAIRED ->
          new Ending(
              Kind.NOT_PAIRED,
              says
                  + "In the panel open Stations, choose Add station, run the line that it shows, and"
                  + " restart this program.");
      case VERSION -> new Ending(Kind.VERSION, says + "Update the older of the two programs.");
      case REPLACED ->
          new Ending(
              Kind.REPLACED,
              says
                  + "Another program runs with the identity of this station. If the directory of this"
                  + " station was copied, pair one of the two again.");
      case BUSY -> new Ending(Kind.LOST, says);
      case PROTOCOL -> new Ending(Kind.BREACH, says + "Update the older of the two programs.");
    };
  }

  void onClose(int code) {
    end(
        new Ending(Kind.LOST, "The server closed the connection (%d).".formatted(code)),
        Socket.NORMAL);
  }

  void onFault(Throwable fault) {
    end(new Ending(Kind.LOST, Faults.inWords(fault)), 0);
  }

  private void onOverflow() {
    end(new Ending(Kind.LOST, "The server does not read what this station sends."), 0);
  }

  /** Now and then: asks for a sign of life, and gives up a server that gives none. */
  void beat() {
    long now = threads.nanos().getAsLong();
    boolean asks;
    synchronized (this) {
      asks = phase == Phase.LIVE && now - pinged >= Link.PING.toNanos();
      pinged = asks ? now : pinged;
    }
    boolean silent = now - socket.heard() >= Link.SILENCE.toNanos();
    boolean late = !settled.isDone() && now - begun >= Link.PROOF_TIME.multipliedBy(2).toNanos();
    if (silent || late) {
      end(new Ending(Kind.LOST, "The server is silent."), 0);
    } else if (asks) {
      socket.ping();
    }
  }

  /**
   * Ends the connection and gives its keys back. A repeat does nothing.
   *
   * @param code of the WebSocket; 0 if there is no use in telling the server
   */
  void end(Ending ending, int code) {
    synchronized (this) {
      if (phase == Phase.ENDED) {
        return;
      }
      phase = Phase.ENDED;
      if (claimed && welcome != null) {
        nodes.release(welcome.node());
      }
    }
    desk.forget(keyNews);
    outbox.close();
    channels.close();
    if (code == 0) {
      socket.abort();
    } else {
      socket.close(code, ending.kind().name());
    }
    ended.complete(ending);
    settled.complete(false);
  }
}
