package dev.keysmith.station.server;

import dev.keysmith.station.home.ConfigurationException;
import dev.keysmith.station.home.Home;
import dev.keysmith.station.home.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Which certificates of the server are trusted. */
public final class Trust {

  /** Names the authorities that the system trusts, where Java does not know them by itself. */
  private static final String AUTHORITIES_OF_THE_SYSTEM = "keysmith.station.ca";

  private Trust() {}

  /** As the settings say; empty if they leave that to Java. */
  public static Optional<SSLContext> of(Home home, Settings settings) {
    Optional<Path> authority =
        settings
            .file(home, "ca")
            .or(
                () ->
                    Optional.ofNullable(System.getProperty(AUTHORITIES_OF_THE_SYSTEM))
                        .map(Path::of));
    Optional<String> pin = settings.text("pin");
    if (authority.isEmpty() && pin.isEmpty()) {
      return Optional.empty();
    }
    try {
      X509ExtendedTrustManager usual = manager(authority.map(Trust::store).orElse(null));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          null,
          new TrustManager[] {
            pin.isPresent() ? new PinnedTrustManager(usual, Pin.parse(pin.get())) : usual
          },
          null);
      return Optional.of(context);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java cannot do TLS", e);
    }
  }

  private static X509ExtendedTrustManager manager(@Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return Arrays.stream(factory.getTrustManagers())
        .filter(X509ExtendedTrustManager.class::isInstance)
        .map(X509ExtendedTrustManager.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private static KeyStore store(Path file) {
    try (InputStream content = Files.newInputStream(file)) {
      Collection<? extends Certificate> certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(content);
      if (certificates.isEmpty()) {
        throw unusable(file, null);
      }
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (Certificate certificate : certificates) {
        store.setCertificateEntry("ca-" + number++, certificate);
      }
      return store;
    } catch (IOException | GeneralSecurityException e) {
      throw unusable(file, e);
    }
  }

  private static ConfigurationException unusable(Path file, @Nullable Exception cause) {
    String message =
        "The file %s of the setting \"ca\" holds no certificates in PEM, or cannot be read."
            .formatted(file);
    return cause == null
        ? new ConfigurationException(message)
        : new ConfigurationException(message, cause);
  }
}
