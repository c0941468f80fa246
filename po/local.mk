# The catalogue.  Programs of the build tree find it under po/ there, installed ones in localedir.
zhiban_modir = $(localedir)/zh_CN/LC_MESSAGES
zhiban_mo_DATA = po/zh_CN/LC_MESSAGES/zhiban.mo
EXTRA_DIST += po/zh_CN.po
CLEANFILES += po/zh_CN/LC_MESSAGES/zhiban.mo

po/zh_CN/LC_MESSAGES/zhiban.mo: $(srcdir)/po/zh_CN.po
	$(AM_V_GEN)$(MKDIR_P) $(@D) && $(MSGFMT) --check -o $@.tmp $(srcdir)/po/zh_CN.po && mv $@.tmp $@

# Takes new sentences of the sources in and drops those that are gone.  Then translate.
update-po:
	$(SHELL) $(srcdir)/tests/tools/pot.sh $(srcdir) $(abs_builddir)/po-new.pot
	$(MSGMERGE) --no-fuzzy-matching --no-wrap --add-location=file -s -q -o po-new.po \
		$(srcdir)/po/zh_CN.po po-new.pot
	$(MSGATTRIB) --no-obsolete --no-wrap --add-location=file -s -o $(srcdir)/po/zh_CN.po po-new.po
	rm -f po-new.po po-new.pot
	$(MSGFMT) --statistics -o /dev/null $(srcdir)/po/zh_CN.po
.PHONY: update-po
