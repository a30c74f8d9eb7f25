package dev.keysmith.war.it;

import dev.keysmith.spi.idp.IdentityProviderFactory;
import dev.keysmith.war.it.acme.AcmeFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Installs a third party's plugin before the server starts: a jar in a directory of its own.
 *
 * <p>Registered for all tests, because whichever class comes first starts the server.
 */
public final class AcmeInstalled implements BeforeAllCallback {

  private static boolean installed;

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    String plugins = System.getProperty("keysmith.it.plugins");
    if (plugins != null) {
      install(Path.of(plugins, "acme"));
    }
  }

  private static synchronized void install(Path directory) throws Exception {
    if (!installed) {
      Files.createDirectories(directory);
      ShrinkWrap.create(JavaArchive.class, "acme.jar")
          .addPackage(AcmeFactory.class.getPackage())
          .setManifest(new StringAsset("Manifest-Version: 1.0\nKeysmith-Spi-Version: 1\n"))
          .addAsServiceProvider(IdentityProviderFactory.class, AcmeFactory.class)
          .as(ZipExporter.class)
          .exportTo(directory.resolve("acme.jar").toFile(), true);
      installed = true;
    }
  }
}
