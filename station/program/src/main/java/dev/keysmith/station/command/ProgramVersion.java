package dev.keysmith.station.command;

import dev.keysmith.station.link.LinkVersion;
import dev.keysmith.station.platform.Program;
import picocli.CommandLine.IVersionProvider;

/** What {@code version} and {@code --version} print. */
final class ProgramVersion implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {
      "keysmith-station %s, link %s, Java %s"
          .formatted(Program.version(), LinkVersion.CURRENT, Runtime.version())
    };
  }
}
