/** Signs operators in and out of the panel, and shows them their own account. */
@NullMarked
package dev.keysmith.war.panel.account;

import org.jspecify.annotations.NullMarked;
