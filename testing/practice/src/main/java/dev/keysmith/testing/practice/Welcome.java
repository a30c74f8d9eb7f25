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
    out.println("  Keysmith      http://localhost:" + options.port() + "  (API: /openapi)");
    out.println("  Practice org  " + origin + "  (people, security keys, sign-in)");
    out.println("  Org API token " + Practice.ORG_TOKEN);
    out.println("  Data          " + options.data() + "  (kept; delete it to begin anew)");
    String link = server.setUpLink();
    if (!link.isEmpty()) {
      out.println("  Your account  " + link + "  (once)");
    }
    if (server.hasFirstToken()) {
      out.println("  Your API token is in " + server.firstToken());
    }
    out.println();
    out.println("The README's section \"The main job in ten lines\" goes on from here.");
    out.println("Ctrl-C ends everything.");
  }
}
