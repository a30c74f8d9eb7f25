/** E-mail by SMTP, where it is configured. */
@NullMarked
package dev.keysmith.core.mail;

import org.jspecify.annotations.NullMarked;
