package dev.keysmith.station.server;

import dev.keysmith.station.home.ConfigurationException;
import dev.keysmith.station.home.Home;
import dev.keysmith.station.home.Settings;
import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The HTTP proxy that leads to the server.
 *
 * @param password file that holds it, if the proxy asks for one
 */
public record Proxy(String host, int port, Optional<String> user, Optional<Path> password) {

  private static final Pattern FORM = Pattern.compile("([^:/\\s]+):(\\d{1,5})");

  /** The one that is configured. */
  public static Optional<Proxy> of(Home home, Settings settings) {
    return settings.text("proxy").map(text -> parse(text, home, settings));
  }

  private static Proxy parse(String text, Home home, Settings settings) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches() || Integer.parseInt(parts.group(2)) > 0xffff) {
      throw new ConfigurationException(
          "The setting \"proxy\" must be a host and a port, such as proxy.example.com:3128.");
    }
    return new Proxy(
        parts.group(1),
        Integer.parseInt(parts.group(2)),
        settings.text("proxy.user"),
        settings.file(home, "proxy.password.file"));
  }

  void use(HttpClient.Builder builder) {
    builder.proxy(ProxySelector.of(new InetSocketAddress(host, port)));
    user.ifPresent(name -> builder.authenticator(new Login(name, secret())));
  }

  private char[] secret() {
    if (password.isEmpty()) {
      return new char[0];
    }
    try {
      return Files.readString(password.get()).strip().toCharArray();
    } catch (IOException e) {
      throw new ConfigurationException(
          "The file %s of the setting \"proxy.password.file\" cannot be read."
              .formatted(password.get()),
          e);
    }
  }

  /** Tells the password to the proxy alone: a server that asks gets nothing. */
  private static final class Login extends Authenticator {

    private final String user;
    private final char[] password;

    Login(String user, char[] password) {
      this.user = user;
      this.password = password;
    }

    @Override
    protected PasswordAuthentication getPasswordAuthentication() {
      return getRequestorType() == RequestorType.PROXY
          ? new PasswordAuthentication(user, password)
          : null;
    }
  }
}
