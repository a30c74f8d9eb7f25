package dev.keysmith.testing.practice;

import java.io.IOException;
import java.io.PrintStream;

/** What a newcomer reads when everything runs. */
final class Welcome {

  private Welcome() {}

  static void print(PrintStream out, Options options, String origin, Server server)
      throws IOException {
    out.println();
    out.println("Keysmith runs in practice mode. Nothing here is real: no account, no hardware.");
    out.println();
    String link = server.setUpLink();
    if (!link.isEmpty()) {
      out.println("  Begin here    " + link);
      out.println("                (makes your account, once; then the first steps lead you on)");
    }
    out.println("  Keysmith      http://localhost:" + options.port());
    out.println("  Practice org  " + origin + "  (people, security keys, sign-in)");
    out.println("  Data          " + options.data() + "  (kept; delete it to begin anew)");
    if (server.hasFirstToken()) {
      out.println("  For scripts   an API token is in " + server.firstToken());
    }
    out.println();
    out.println("Ctrl-C ends everything.");
  }
}
