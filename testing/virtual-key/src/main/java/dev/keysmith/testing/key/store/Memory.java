package dev.keysmith.testing.key.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The key's memory: the current {@link KeyState}, and the file that keeps it when there is one.
 *
 * <p>The file holds private keys in clear. It stands for the inside of a practice key and protects
 * nothing.
 */
public final class Memory {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Optional<Path> file;
  private volatile KeyState state;

  /** Reads the file if it exists; otherwise starts, and writes, a new key. */
  public Memory(Optional<Path> file, Supplier<KeyState> factory) {
    this.file = file.map(Path::toAbsolutePath);
    if (this.file.isPresent() && Files.exists(this.file.get())) {
      this.state = read(this.file.get());
    } else {
      this.state = factory.get();
      save(this.state);
    }
  }

  public KeyState state() {
    return state;
  }

  /** Changes the state; when this returns, the file has it. */
  public synchronized KeyState update(UnaryOperator<KeyState> change) {
    KeyState next = change.apply(state);
    save(next);
    state = next;
    return next;
  }

  private void save(KeyState next) {
    file.ifPresent(
        path -> {
          Path draft = path.resolveSibling(path.getFileName() + ".new");
          try {
            Files.write(draft, JSON.writeValueAsBytes(next));
            try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
              channel.force(true);
            }
            Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
          } catch (IOException e) {
            throw new UncheckedIOException("Writing the virtual key to " + path + " failed.", e);
          }
        });
  }

  private static KeyState read(Path path) {
    try {
      return JSON.readValue(Files.readAllBytes(path), KeyState.class);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Reading the virtual key from " + path + " failed. Delete the file to start afresh.", e);
    }
  }
}
