package dev.keysmith.station.command;

import dev.keysmith.station.home.ConfigurationException;
import dev.keysmith.station.home.Home;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;

/** Keeps a second program from running with the same directory, and so the same identity. */
record RunLock(FileChannel file) implements AutoCloseable {

  static RunLock take(Home home) {
    try {
      FileChannel file =
          FileChannel.open(home.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (file.tryLock() != null) {
        return new RunLock(file);
      }
      file.close();
    } catch (OverlappingFileLockException e) {
      // In this very process; told below.
    } catch (IOException e) {
      throw new ConfigurationException(
          "The file %s cannot be written (%s). Run this as the account that owns the directory."
              .formatted(home.lock(), e),
          e);
    }
    throw new ConfigurationException(
        "keysmith-station runs already for %s. Stop it first, for instance by \"systemctl stop keysmith-station\"."
            .formatted(home.directory()));
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      // The end of the process frees it.
    }
  }
}
