package dev.keysmith.station.home;

import dev.keysmith.station.link.Proofs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** The private key that proves which station this is; in a file for its owner alone. */
public final class StationKey {

  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";

  private StationKey() {}

  /** A new key pair. */
  public static KeyPair generate() {
    try {
      return KeyPairGenerator.getInstance(Proofs.ALGORITHM).generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no " + Proofs.ALGORITHM, e);
    }
  }

  /** Keeps a key in place of the last one. */
  public static void save(Home home, PrivateKey key) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
    home.write(home.key(), BEGIN + "\n" + body + "\n" + END + "\n");
  }

  /**
   * The key of this station.
   *
   * @throws NotPairedException if there is none
   * @throws ConfigurationException if others may read it, or it is damaged
   */
  public static PrivateKey load(Home home) {
    Path file = home.key();
    try {
      String text = Files.readString(file);
      if (Home.isOpenToOthers(file)) {
        throw new ConfigurationException(
            "Other accounts may read %s. Run \"chmod 600 %s\"; if one of them has read it, pair the station again."
                .formatted(file, file));
      }
      return decode(text);
    } catch (NoSuchFileException e) {
      throw new NotPairedException(home);
    } catch (IOException e) {
      throw new ConfigurationException(
          "The file %s cannot be read. Run this as its owner.".formatted(file), e);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // Without the cause, whose message may hold a part of the key.
      throw new ConfigurationException(
          "The file %s holds no private key. Pair the station again.".formatted(file));
    }
  }

  private static PrivateKey decode(String text) throws GeneralSecurityException {
    String body = text.replace(BEGIN, "").replace(END, "").replaceAll("\\s", "");
    return KeyFactory.getInstance(Proofs.ALGORITHM)
        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body)));
  }
}
