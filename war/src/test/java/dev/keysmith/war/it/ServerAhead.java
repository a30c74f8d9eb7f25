package dev.keysmith.war.it;

import dev.keysmith.war.it.clock.ClockAhead;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** A server of its own whose time can be put forward; else it is the one that is built. */
public final class ServerAhead implements AutoCloseable {

  private final Path directory;
  private final ServerProcess server;
  private Duration ahead = Duration.ZERO;

  /** Starts it on an empty directory. */
  public ServerAhead(Path directory, Path log) throws IOException, InterruptedException {
    this.directory = directory;
    Path war = directory.resolve("ahead.war");
    ShrinkWrap.create(ZipImporter.class, "ahead.war")
        .importFrom(new File(System.getProperty("keysmith.war")))
        .as(WebArchive.class)
        .addPackage(ClockAhead.class.getPackage())
        .as(ZipExporter.class)
        .exportTo(war.toFile());
    write();
    server =
        ServerProcess.start(
            war, data(), log, List.of("-D" + ClockAhead.FILE + "=" + directory.resolve("ahead")));
  }

  private Path data() {
    return directory.resolve("keysmith");
  }

  /** Lets time pass. */
  public void pass(Duration time) throws IOException {
    ahead = ahead.plus(time);
    write();
  }

  /** In one step, for the server reads it at any time. */
  private void write() throws IOException {
    Path next = Files.writeString(directory.resolve("next"), ahead.toString());
    Files.move(next, directory.resolve("ahead"), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Where it listens; browsers make passkeys for names, not for numbers. */
  public URI address() {
    return URI.create("http://localhost:" + server.address().getPort() + "/");
  }

  /** The link by which the first account is made. */
  public String firstLink() throws IOException {
    return Files.readString(data().resolve("first-set-up-link"));
  }

  @Override
  public void close() {
    server.close();
  }
}
