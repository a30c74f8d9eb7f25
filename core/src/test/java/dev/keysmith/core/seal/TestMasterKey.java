package dev.keysmith.core.seal;

import java.nio.file.Path;

/** A master key for tests that are not about it. */
public final class TestMasterKey {

  private TestMasterKey() {}

  /** Makes the key where the server looks for it. */
  public static void create(Path data) {
    MasterKey.create(data.resolve("master-key.json"));
  }

  /** Makes a key in this file. */
  public static void createAt(Path file) {
    MasterKey.create(file);
  }
}
