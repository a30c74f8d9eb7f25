/**
 * What both ports of Keysmith share: how a plugin is found, configured and how it reports errors.
 *
 * <p>A plugin is a jar that names an implementation of {@link
 * dev.keysmith.spi.idp.IdentityProviderFactory} or {@link dev.keysmith.spi.key.KeyTransportFactory}
 * in {@code META-INF/services}. The rules of the contract are numbered (SPI-n, IDP-n, KEY-n) so
 * that a test or a message can name the one that is broken.
 */
@NullMarked
package dev.keysmith.spi;

import org.jspecify.annotations.NullMarked;
