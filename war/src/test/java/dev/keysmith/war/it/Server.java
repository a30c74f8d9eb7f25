package dev.keysmith.war.it;

import java.io.File;
import org.eu.ingwar.tools.arquillian.extension.suite.annotations.ArquillianSuiteDeployment;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The server that all system tests share: started once, with the WAR as it was built. */
@ArquillianSuiteDeployment
public class Server {

  /** The WAR, with nothing added. */
  @Deployment(testable = false)
  public static WebArchive war() {
    return ShrinkWrap.create(ZipImporter.class, "keysmith.war")
        .importFrom(new File(System.getProperty("keysmith.war")))
        .as(WebArchive.class);
  }
}
