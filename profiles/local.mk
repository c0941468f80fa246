nobase_dist_pkgdata_DATA += \
	profiles/calendar-cn.conf \
	profiles/city-duties.csv \
	profiles/city-orgs.csv \
	profiles/city.conf \
	profiles/demo.conf \
	profiles/huicheng-orgs.csv \
	profiles/huicheng.conf \
	profiles/common.conf \
	profiles/example-orgs.csv \
	profiles/example.conf \
	profiles/import-columns.conf \
	profiles/import-roster.conf \
	profiles/pukou-orgs.csv \
	profiles/pukou.conf \
	profiles/place-columns.conf \
	profiles/tianning-demo.conf \
	profiles/tianning-orgs.csv \
	profiles/tianning.conf \
	profiles/xingan-demo.conf \
	profiles/xingan-orgs.csv \
	profiles/xingan.conf
