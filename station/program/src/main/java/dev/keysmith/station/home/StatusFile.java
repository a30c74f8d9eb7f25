package dev.keysmith.station.home;

import com.upokecenter.cbor.CBORException;
import com.upokecenter.cbor.CBORObject;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the running program says of itself, in a file that it replaces every few seconds.
 *
 * @param pid its process
 * @param written when it said this
 * @param keys how many are plugged in
 * @param problem why there is no link; empty if there is one
 */
public record StatusFile(
    long pid, Instant written, int keys, String problem, List<LinkStatus> links) {

  /** The running program writes more often than this. */
  private static final Duration FRESH = Duration.ofSeconds(30);

  /**
   * A link.
   *
   * @param node the server's name
   * @param server version of the server's program
   */
  public record LinkStatus(String node, String server, Instant since) {}

  /** The same, said at another time. */
  public StatusFile at(Instant time) {
    return new StatusFile(pid, time, keys, problem, links);
  }

  /** Replaces the file. */
  public void save(Home home) {
    CBORObject array = CBORObject.NewArray();
    for (LinkStatus link : links) {
      array.Add(
          CBORObject.NewMap()
              .Add("node", link.node())
              .Add("server", link.server())
              .Add("since", link.since().toString()));
    }
    CBORObject map =
        CBORObject.NewMap()
            .Add("pid", pid)
            .Add("written", written.toString())
            .Add("keys", keys)
            .Add("problem", problem)
            .Add("links", array);
    home.write(home.status(), map.ToJSONString() + "\n");
  }

  /** What the program that runs now says; empty if none runs. */
  public static Optional<StatusFile> load(Home home, Instant now) {
    try {
      StatusFile status = parse(CBORObject.FromJSONString(Files.readString(home.status())));
      boolean fresh = Duration.between(status.written(), now).abs().compareTo(FRESH) < 0;
      boolean runs = ProcessHandle.of(status.pid()).filter(ProcessHandle::isAlive).isPresent();
      return fresh && runs ? Optional.of(status) : Optional.empty();
    } catch (IOException
        | CBORException
        | IllegalStateException
        | ArithmeticException
        | DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static StatusFile parse(CBORObject map) {
    List<LinkStatus> links = new ArrayList<>();
    for (CBORObject link : map.GetOrDefault("links", CBORObject.NewArray()).getValues()) {
      links.add(
          new LinkStatus(
              text(link, "node"), text(link, "server"), Instant.parse(text(link, "since"))));
    }
    return new StatusFile(
        map.GetOrDefault("pid", CBORObject.Zero).AsInt64Value(),
        Instant.parse(text(map, "written")),
        map.GetOrDefault("keys", CBORObject.Zero).AsInt32Value(),
        text(map, "problem"),
        links);
  }

  private static String text(CBORObject map, String name) {
    return map.GetOrDefault(name, CBORObject.FromObject("")).AsString();
  }
}
