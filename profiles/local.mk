nobase_dist_pkgdata_DATA += \
	profiles/calendar-cn.conf \
	profiles/huicheng-orgs.csv \
	profiles/common.conf \
	profiles/example-orgs.csv \
	profiles/example.conf \
	profiles/import-columns.conf \
	profiles/pukou-orgs.csv \
	profiles/place-columns.conf \
	profiles/tianning-demo.conf \
	profiles/tianning-orgs.csv \
	profiles/tianning.conf
